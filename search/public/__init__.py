"""The second, small index: what everybody may read. No text of a case is in it (ADR 0008)."""
