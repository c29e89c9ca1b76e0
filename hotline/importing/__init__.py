"""Bring the office's earlier letters in, through the same verbs and with their own times."""
