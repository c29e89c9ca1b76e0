"""Saved questions and subscriptions."""
