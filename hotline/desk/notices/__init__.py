"""What units and the office are told of events: written, listed, marked as read."""
