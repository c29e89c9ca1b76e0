"""Send a case to its units, one by one or several beyond doubt, and how often that was right."""
