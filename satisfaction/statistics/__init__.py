"""Figures on pages and in files, with the cases behind each."""
