"""Call-backs, and contact made for units."""
