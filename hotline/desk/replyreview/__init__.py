"""The desk on which replies are checked before the citizen gets them."""
