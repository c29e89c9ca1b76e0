"""What the three administrators see and do."""
