"""What a unit or the office was told."""
