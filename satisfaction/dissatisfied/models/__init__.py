"""Reviews of dissatisfied citizens."""
