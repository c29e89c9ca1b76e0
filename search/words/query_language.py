"""What a person may type: words, "phrases", -without, either|or, and fields such as 单号: 电话: 单位:.

``停水 "幸福家园二期" -电费 单位:自来水`` finds cases with 停水 and the exact phrase,
without 电费, at the waterworks; ``停水|断电`` finds either; ``日期:2026-11`` what was registered then.
Whatever is typed is a legal query: an unknown field is searched as words, an open quotation mark ends at
the end of the line. Who brought a matter is no field: names of citizens are in no index.
"""

import re
from dataclasses import dataclass, field

from search.words.days import is_span
from search.words.folding import fold
from search.words.spellings import is_day
from search.words.tokens import phrase, words

LONGEST = 200  # characters of a query that are read
MOST_TERMS = 16
MOST_ALTERNATIVES = 8  # of one either|or

FIELDS = {
    "number": "number",
    "单号": "number",
    "编号": "number",
    "工单": "number",
    "phone": "phone",
    "电话": "phone",
    "尾号": "phone",
    "unit": "unit",
    "单位": "unit",
    "category": "category",
    "分类": "category",
    "region": "region",
    "区域": "region",
    "title": "title",
    "标题": "title",
    "content": "body",
    "内容": "body",
    "reply": "reply",
    "答复": "reply",
    "address": "place",
    "地址": "place",
    "date": "date",
    "日期": "date",
    "file": "files",
    "附件": "files",
}
NAMED = frozenset({"number", "unit", "category", "region"})
TEXT_FIELDS = frozenset({"title", "body", "reply", "place", "files"})

_OPEN, _CLOSE = '"“「『', '"”」』'
_QUOTED = rf"[{_OPEN}][^{_CLOSE}]*[{_CLOSE}]?"
_PLAIN = rf"[^\s|{_OPEN}{_CLOSE}]+"
_ONE = rf"(?:{_QUOTED}|{_PLAIN})"
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:(?P<name>[^\s:|{_OPEN}{_CLOSE}-]+):)?"
    rf"(?P<value>{_ONE}(?:\|{_ONE})*)"
)
_ALTERNATIVE = re.compile(_ONE)
_EITHER = re.compile(r"\s*\|\s*|(?<=\S)\s+(?:或|或者)\s+(?=\S)")


@dataclass(frozen=True)
class SearchTerm:
    """Characters to be found side by side, in one text field or (``""``) in any.

    ``also`` holds alternatives: the term occurs where its text or any of them does. ``is_exact``:
    typed in quotation marks, so nothing is to be added to it.
    """

    text: str
    field: str = ""
    also: tuple[str, ...] = ()
    is_exact: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Everything of which one must occur."""
        return (self.text, *self.also)


@dataclass(frozen=True)
class Parsed:
    """A query taken apart: what must occur, what must not, and values of the fields."""

    terms: tuple[SearchTerm, ...] = ()
    excluded: tuple[SearchTerm, ...] = ()
    fields: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not (self.terms or self.excluded or self.fields)


def parse(text: str) -> Parsed:
    """Read a typed query. Total: never raises."""
    terms: list[SearchTerm] = []
    excluded: list[SearchTerm] = []
    fields: list[tuple[str, str]] = []
    for piece in _PIECE.finditer(_EITHER.sub("|", fold(text[:LONGEST]))):
        name, value = piece["name"], piece["value"]
        known = FIELDS.get(name or "")
        if piece["minus"] and known and known not in TEXT_FIELDS:  # their names stand in the place
            known = "place" if known in NAMED else None
        if known == "date" and not is_span(_unquoted(value)):
            known = None
        if name and not known:  # "http://…", "时间:3点", "日期:不详": words like any other
            value = f"{name}:{value}"
        if known and known not in TEXT_FIELDS:
            if bare := _unquoted(value):
                fields.append((known, bare))
            continue
        found = _terms(value, known or "")
        (excluded if piece["minus"] else terms).extend(found)
    return Parsed(tuple(terms[:MOST_TERMS]), tuple(excluded[:MOST_TERMS]), tuple(fields))


def typed_pieces(text: str) -> list[str]:
    """Return what was typed, cut where ``parse`` cuts it, each piece as it was typed (folded)."""
    return [found[0] for found in _PIECE.finditer(_EITHER.sub("|", fold(text[:LONGEST])))]


def _unquoted(value: str) -> str:
    return value.strip(_OPEN + _CLOSE).strip()


def _terms(value: str, name: str) -> list[SearchTerm]:
    """Read one piece: a phrase, words split at their punctuation, or one term of alternatives."""
    alternatives = [
        (bare, bare != one)
        for one in _ALTERNATIVE.findall(value)
        if phrase(bare := _unquoted(one)).tokens
    ]
    if not alternatives:
        return []
    is_exact = any(quoted for _, quoted in alternatives)
    first, *others = (bare for bare, _ in alternatives[:MOST_ALTERNATIVES])
    if others or is_exact or is_day(first):
        return [SearchTerm(first, name, tuple(others), is_exact)]
    return [SearchTerm(part, name) for part in words(first)]
