"""Citizens' data at rest: keys, sealing, look-up, masks."""
