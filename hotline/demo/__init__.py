"""The demo county: self-written, deterministic, played through the same verbs as real work."""
