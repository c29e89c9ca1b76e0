"""Pinyin initials, so that a name is found by typing the first letters (县住建局 → ``xzjj``)."""

from django.db.models import Q
from pypinyin import Style, lazy_pinyin


def initials(*names: str, length: int) -> str:
    """Initials of each name, separated by a blank and cut to ``length``; letters stay."""
    words = ("".join(lazy_pinyin(name, style=Style.FIRST_LETTER)) for name in names)
    kept = ("".join(sign for sign in word.lower() if sign.isalnum()) for word in words)
    return " ".join(dict.fromkeys(kept))[:length]


def typed_as(initials_typed: str) -> Q:
    """The condition that one of a row's initials, which stand beside each other, is what was typed."""
    text = initials_typed.strip().lower()
    return (
        Q(pinyin__iexact=text) | Q(pinyin__istartswith=f"{text} ") | Q(pinyin__iendswith=f" {text}")
    )
