"""What is published: searched, narrowed, read."""
