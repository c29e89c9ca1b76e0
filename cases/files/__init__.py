"""Files of a case: accepted, stored, read."""
