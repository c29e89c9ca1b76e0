"""Dissatisfaction reviews."""
