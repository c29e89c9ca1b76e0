"""Acts on the office itself: asked for, done, recorded."""
