"""Whether what is kept is whole, and opens with the keys at hand."""
