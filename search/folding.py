"""Folding as search uses it: the very one by which identity is found (``cases.folding``)."""

from cases.folding import fold

__all__ = ["fold"]
