"""Accounts of the staff: the system administrator's screen."""
