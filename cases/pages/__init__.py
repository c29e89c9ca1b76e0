"""What the pages of every desk share."""
