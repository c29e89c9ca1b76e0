"""The office's synonym sets: what a search takes for the same word."""
