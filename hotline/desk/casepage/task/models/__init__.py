"""Drafts of replies."""
