"""Citizens, originals, and rows whose texts are made fit to be read."""
