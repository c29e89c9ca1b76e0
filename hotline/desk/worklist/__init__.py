"""The list of a unit: what is due next, first."""
