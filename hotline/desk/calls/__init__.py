"""The desk of an operator with a caller on the line."""
