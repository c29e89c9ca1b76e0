"""Files and their texts."""
