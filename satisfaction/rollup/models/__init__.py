"""Months rolled up."""
