"""What a person may type: words, "phrases", -without, and fields such as 单号: 电话: 单位:.

``停水 "幸福家园二期" -电费 单位:自来水`` finds cases with 停水 and the exact phrase,
without 电费, at the waterworks. Whatever is typed is a legal query: an unknown field is searched
as words, an open quotation mark ends at the end of the line.
"""

import re
from dataclasses import dataclass, field

from search.folding import fold
from search.tokens import phrase, words

LONGEST = 200  # characters of a query that are read
MOST_TERMS = 16

FIELDS = {
    "number": "number",
    "单号": "number",
    "编号": "number",
    "phone": "phone",
    "电话": "phone",
    "尾号": "phone",
    "unit": "unit",
    "单位": "unit",
    "category": "category",
    "分类": "category",
    "title": "title",
    "标题": "title",
    "reply": "reply",
    "答复": "reply",
}
TEXT_FIELDS = frozenset({"title", "reply"})

_OPEN, _CLOSE = '"“「『', '"”」』'
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:(?P<name>[^\s:{_OPEN}{_CLOSE}-]+):)?"
    rf"(?:[{_OPEN}](?P<quoted>[^{_CLOSE}]*)[{_CLOSE}]?|(?P<plain>[^\s{_OPEN}{_CLOSE}]+))"
)


@dataclass(frozen=True)
class Term:
    """Characters to be found side by side, in one text field or (``""``) in any.

    ``also`` holds synonyms: the term occurs where its text or any of them does.
    """

    text: str
    field: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """A query taken apart: what must occur, what must not, and values of the fields."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    fields: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not (self.terms or self.excluded or self.fields)


def parse(text: str) -> Parsed:
    """Read a typed query. Total: never raises."""
    terms: list[Term] = []
    excluded: list[Term] = []
    fields: list[tuple[str, str]] = []
    for piece in _PIECE.finditer(fold(text[:LONGEST])):
        name, quoted, plain = piece["name"], piece["quoted"], piece["plain"]
        known = FIELDS.get(name or "")
        if name and not known:  # "http://…", "时间:3点": words like any other
            plain, quoted = f"{name}:{plain or quoted or ''}", None
        value = (quoted if quoted is not None else plain or "").strip()
        if known and known not in TEXT_FIELDS:
            if value:
                fields.append((known, value))
            continue
        parts = [value] if quoted is not None else words(value)
        found = [Term(part, known or "") for part in parts if phrase(part).tokens]
        (excluded if piece["minus"] else terms).extend(found)
    return Parsed(tuple(terms[:MOST_TERMS]), tuple(excluded[:MOST_TERMS]), tuple(fields))
