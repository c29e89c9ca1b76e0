"""What happened: recorded, chained, and owed to those who act on it."""
