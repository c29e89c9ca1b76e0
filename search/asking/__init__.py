"""What somebody asks, read and answered through whichever engine is chosen."""
