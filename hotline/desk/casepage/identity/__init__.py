"""Who the citizen is: name and original words for a reason, and what is left out of texts."""
