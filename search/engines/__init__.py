"""One port, two engines, and what of a case they keep."""
