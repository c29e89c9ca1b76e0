"""The public copy of a case."""
