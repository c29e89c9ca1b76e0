"""Marks of the keys in force."""
