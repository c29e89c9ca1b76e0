"""Terms, calendars, and when a clock ends."""
