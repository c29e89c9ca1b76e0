"""Finding cases and their like: one port, two engines."""
