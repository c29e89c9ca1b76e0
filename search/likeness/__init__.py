"""Cases like a case."""
