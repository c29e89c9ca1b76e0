"""Synonyms."""
