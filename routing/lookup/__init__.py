"""Look into the catalogue and the rules, and try a text on them."""
