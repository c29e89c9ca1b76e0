"""Calendars, deadline policies, alarms."""
