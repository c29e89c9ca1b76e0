"""Attempts to call somebody back."""
