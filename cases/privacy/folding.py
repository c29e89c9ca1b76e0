"""Fold text so that the same word written another way is the same: strictly one character to one.

Used by search and by whatever compares texts as they are meant (``cases.privacy``).

Rules: traditional to simplified (the character table of the OpenCC project), full width to half
width (Unicode compatibility forms of one character), capital to small. A character whose folded
form would be longer or shorter stays as it is, so an offset in the folded text is the same
offset in the original: highlighting and indexing rely on it.
"""

import unicodedata
from functools import cache
from importlib.resources import files


@cache
def _simplified() -> dict[str, str]:
    """Traditional character to its first simplified form, single characters only."""
    source = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in source.splitlines() if "\t" in line)
    first = {old: new.split(" ")[0] for old, new in pairs if len(old) == 1}
    first = {old: new for old, new in first.items() if len(new) == 1}
    return {old: first.get(new, new) for old, new in first.items()}  # 薴 → 苧 → 苎


def _one(character: str) -> str:
    width = unicodedata.normalize("NFKC", character)
    if len(width) == 1:
        character = width
    small = character.lower()
    if len(small) == 1:
        character = small
    return _simplified().get(character, character)


class _Folds(dict[int, str]):
    """Fold of each code point, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _one(chr(code))
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return ``text`` folded; the result always has exactly as many characters."""
    return text.translate(_FOLDS)
