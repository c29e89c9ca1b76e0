"""The public site: front page, guides, published replies, search."""
