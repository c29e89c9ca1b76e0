"""The way from the log-in to the screen a person works on."""
