"""The public site: front page, search over what is published, pages that the office writes."""
