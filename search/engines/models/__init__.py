"""What the embedded index keeps."""
