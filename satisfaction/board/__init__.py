"""Today's board of the supervisor."""
