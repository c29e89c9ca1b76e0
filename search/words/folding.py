"""Folding as search uses it: the very one by which identity is found (``cases.privacy.folding``)."""

from cases.privacy.folding import fold

__all__ = ["fold"]
