"""What waits for a unit leader's signature."""
