"""Exports and their steps."""
