"""Add to a typed term what means or is the same: synonyms of the office, other spellings.

Pure. A synonym is replaced wherever it stands in what was typed (小区停水 is also 小区断水), the longest
word first, so that 公交车 is not taken for 公交. Phrases in quotation marks stay as they are. What is
excluded is widened too: who does not want 噪音 does not want 噪声 either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from search.words.query_language import SearchTerm
from search.words.spellings import spellings
from search.words.tokens import phrase

MOST = 16  # alternatives of one term
Groups = Mapping[str, Sequence[str]]  # folded word → the folded words of its set


def expanded(term: SearchTerm, groups: Groups) -> SearchTerm:
    """Return the term with its alternatives; a phrase is returned as it is."""
    if term.is_exact:
        return term
    found = [text for word in term.words for text in (word, *spellings(word))]
    for text in tuple(found):
        found += _replaced(text, groups)
    ways = [text for text in dict.fromkeys(found) if phrase(text).tokens]
    ways = [text for text in ways if not _contained(text, ways)]
    others = [text for text in ways if text != term.text]
    return replace(term, also=tuple(others[:MOST]))


def _replaced(text: str, groups: Groups) -> list[str]:
    """Return ``text`` with the words of sets written the other ways; two of them at most."""
    places = _words_in(text, groups)[:2]
    ways = []
    for chosen in product(*(groups[word] for _, word in places)):
        built = text
        for (start, word), other in reversed(list(zip(places, chosen, strict=True))):
            built = built[:start] + other + built[start + len(word) :]
        ways.append(built)
    return ways


def _words_in(text: str, groups: Groups) -> list[tuple[int, str]]:
    """Find the words of the sets in ``text``, longest first at each place, none overlapping."""
    longest = max(map(len, groups), default=0)
    places, at = [], 0
    while at < len(text):
        for size in range(min(longest, len(text) - at), 1, -1):
            word = text[at : at + size]
            if word in groups and _stands_alone(text, at, at + size):
                places.append((at, word))
                at += size
                break
        else:
            at += 1
    return places


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit continues a word of letters or digits (led in ledger)."""
    before = text[start - 1 : start] + text[start]
    after = text[end - 1] + text[end : end + 1]
    return not any(len(edge) == 2 and edge.isascii() and edge.isalnum() for edge in (before, after))  # noqa: PLR2004


def _contained(text: str, ways: list[str]) -> bool:
    """Whether a shorter way, Chinese at both ends, stands inside ``text`` and so finds it anyway."""
    return any(
        way != text and way in text and not way[0].isascii() and not way[-1].isascii()
        for way in ways
    )
