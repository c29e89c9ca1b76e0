"""Cut text into what the index holds: Chinese into pairs of neighbours, the rest into words.

A run of Chinese becomes its overlapping pairs and then its last character alone: 诉求人 becomes
诉求 求人 人. Every substring of two or more characters is then a phrase of pairs, and every single
character begins some token: recall of any substring is complete, which word segmentation cannot
promise. Letters and digits stay whole words. Punctuation and spaces become one separator, so
that no pair or phrase reaches across them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.words.folding import fold

SEPARATOR = "ǁ"
INDEXED_CHARACTERS = 16_000  # of one field; a PostgreSQL tsvector knows 16,383 positions
WORD_CHARACTERS = 64  # longer "words" are links or noise; both sides cut alike

_CJK = (
    "\u3005\u3007\u303b\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(
    rf"(?P<cjk>[{_CJK}]+)|(?P<word>[^\W_{_CJK}{SEPARATOR}]+)|(?P<gap>[\W_{SEPARATOR}]+)"
)


class Run(NamedTuple):
    """A stretch of one kind (``cjk``, ``word`` or ``gap``) in folded text, from ``start``."""

    kind: str
    text: str
    start: int


class Phrase(NamedTuple):
    """Neighbouring tokens; with ``is_prefix`` the last one stands for everything beginning so."""

    tokens: tuple[str, ...]
    is_prefix: bool


def runs(text: str) -> Iterator[Run]:
    """Fold ``text`` and yield its stretches in order."""
    for found in _RUN.finditer(fold(text)):
        yield Run(found.lastgroup or "gap", found.group(), found.start())


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


def index_tokens(text: str) -> list[str]:
    """Return the tokens of a stored text, in order, separators included."""
    tokens: list[str] = []
    for kind, part, _ in runs(text[:INDEXED_CHARACTERS]):
        if kind == "cjk":
            tokens += [*_pairs(part), part[-1]]
        elif kind == "word":
            tokens.append(part[:WORD_CHARACTERS])
        elif tokens:
            tokens.append(SEPARATOR)
    return tokens


def phrase(text: str) -> Phrase:
    """Return the tokens side by side wherever ``text`` occurs; none for punctuation."""
    parts = list(runs(text))
    while parts and parts[-1].kind == "gap":
        parts.pop()
    while parts and parts[0].kind == "gap":
        parts.pop(0)
    tokens: list[str] = []
    for kind, part, _ in parts[:-1]:
        if kind == "cjk":
            tokens += [*_pairs(part), part[-1]]
        else:
            tokens.append(part[:WORD_CHARACTERS] if kind == "word" else SEPARATOR)
    if not parts:
        return Phrase((), is_prefix=False)
    last = parts[-1]
    if last.kind == "cjk" and len(last.text) > 1:
        return Phrase((*tokens, *_pairs(last.text)), is_prefix=False)
    return Phrase((*tokens, last.text[:WORD_CHARACTERS]), is_prefix=last.kind == "cjk")


def words(text: str) -> list[str]:
    """Split at punctuation and spaces; letters and digits stay with their Chinese."""
    pieces: list[str] = [""]
    for kind, part, _ in runs(text):
        if kind == "gap":
            pieces.append("")
        else:
            pieces[-1] += part
    return [piece for piece in pieces if piece]


def content_pairs(text: str) -> dict[str, int]:
    """Count the pairs and words of a text, for likeness: no separators, no single characters."""
    counts: dict[str, int] = {}
    for token in index_tokens(text):
        if len(token) > 1:
            counts[token] = counts.get(token, 0) + 1
    return counts
