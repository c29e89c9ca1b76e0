"""Results as a file: asked for, decided, made."""
