"""Saved questions, and who is told of new answers."""
