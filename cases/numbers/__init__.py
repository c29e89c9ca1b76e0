"""What a case is called: its number and its serial."""
