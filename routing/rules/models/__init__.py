"""Rules, entries of the catalogue, territories."""
