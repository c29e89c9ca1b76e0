"""Pinyin initials, so that a name is found by typing the first letters (县住建局 → ``xzjj``)."""

from pypinyin import Style, lazy_pinyin


def initials(*names: str, length: int) -> str:
    """Initials of each name, separated by a blank and cut to ``length``; letters stay."""
    words = ("".join(lazy_pinyin(name, style=Style.FIRST_LETTER)) for name in names)
    kept = ("".join(sign for sign in word.lower() if sign.isalnum()) for word in words)
    return " ".join(dict.fromkeys(kept))[:length]
