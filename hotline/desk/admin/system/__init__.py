"""The system administrator's look at the system itself: what runs, what waits, what is to be done."""
