"""Whom a complaint is about: proposed from words, asked, settled."""
