"""The index kept: written, rebuilt, checked."""
