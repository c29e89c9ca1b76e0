"""Mark what was found in the stored original, whatever way it was written there.

Matching is done on folded text, whose offsets are those of the original; every character that
leaves here is HTML-escaped, only our own ``<mark>`` is not.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from search.words.folding import fold
from search.words.tokens import runs

SNIPPET_CHARACTERS = 110
LEAD_CHARACTERS = 24  # shown before the first mark
_GAP = r"[\W_]+"


@lru_cache(maxsize=512)
def _pattern(term: str) -> str:
    """Build the pattern of a term in folded text; punctuation in it stands for any."""
    built: list[str] = []
    for kind, part, _ in runs(term):
        if kind == "gap":
            built.append(_GAP)
        elif kind == "word":
            built.append(rf"(?<![a-z0-9]){re.escape(part)}(?![a-z0-9])")
        else:
            built.append(re.escape(part))
    while built and built[-1] == _GAP:
        built.pop()
    while built and built[0] == _GAP:
        built.pop(0)
    return "".join(built)


def spans(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Return where ``terms`` stand in ``text``: ordered, joined where they touch."""
    patterns = [pattern for pattern in map(_pattern, terms) if pattern]
    folded = fold(text)
    found = sorted(hit.span() for pattern in patterns for hit in re.finditer(pattern, folded))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _marked(text: str, marks: list[tuple[int, int]], start: int, end: int) -> str:
    built, at = [], start
    for first, last in marks:
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)  # noqa: PLW2901 - the part inside the window
        built += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    return "".join([*built, escape(text[at:end])])


def highlight(text: str, terms: Iterable[str]) -> str:
    """Return the whole text as safe HTML with the terms marked."""
    return _marked(text, spans(text, terms), 0, len(text))


def snippet(texts: Iterable[str], terms: Iterable[str]) -> str:
    """Return a short piece, as safe HTML, of the first of ``texts`` in which a term occurs.

    Without any hit it is the beginning of the first text that has one.
    """
    wanted = list(terms)
    present = [" ".join(text.split()) for text in texts if text and text.strip()]
    for text in present:
        if marks := spans(text, wanted):
            start = max(0, marks[0][0] - LEAD_CHARACTERS)
            break
    else:
        text, marks, start = (present[0] if present else ""), [], 0
    end = min(len(text), start + SNIPPET_CHARACTERS)
    piece = _marked(text, marks, start, end)
    return f"{'…' if start else ''}{piece}{'…' if end < len(text) else ''}"
