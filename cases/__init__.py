"""The core: what a case is, and what may be done to it."""
