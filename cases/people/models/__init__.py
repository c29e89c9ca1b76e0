"""Staff and units."""
