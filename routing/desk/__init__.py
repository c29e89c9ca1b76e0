"""The dispatcher's desk: the queue, the case, the suggestions, one key to the next."""
