"""Which units are suggested for a matter, with reasons and loads."""
