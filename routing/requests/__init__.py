"""Returns and extensions that wait for the office's decision."""
