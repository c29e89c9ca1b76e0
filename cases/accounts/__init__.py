"""Accounts of staff: opened, changed, recorded."""
