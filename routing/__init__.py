"""Who should handle it, and why."""
