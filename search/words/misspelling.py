"""What may have been meant: words that sound the same, or differ by one character.

Pure. Input methods make homophones (井改 for 井盖), so a wrong word mostly sounds right; a longer
name may have one character too many, too few or wrong.
"""

from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

SHORTEST_NEAR = 3  # characters of a word that is compared by its characters


@lru_cache(maxsize=16384)
def sound(text: str) -> tuple[str, ...]:
    """Return the syllables of ``text`` without tones; what is no Chinese stays as it is."""
    return tuple(lazy_pinyin(text, style=Style.NORMAL))


def corrections(typed: str, vocabulary: Iterable[str]) -> list[str]:
    """Return ``typed`` with a part of it replaced by a word that sounds like it, or nearly is it.

    Words of the same sound come first; none when ``typed`` holds no likely mistake.
    """
    alike: dict[str, None] = {}
    near: dict[str, None] = {}
    whole = [sound(character) for character in typed]
    for word in vocabulary:
        if word in typed:
            continue
        for at in _same_sound(whole, word):
            alike[typed[:at] + word + typed[at + len(word) :]] = None
        if len(word) >= SHORTEST_NEAR and one_apart(typed, word):
            near[word] = None
    return list(alike | near)


def _same_sound(whole: list[tuple[str, ...]], word: str) -> list[int]:
    wanted = [sound(character) for character in word]
    size = len(wanted)
    return [at for at in range(len(whole) - size + 1) if whole[at : at + size] == wanted]


def one_apart(one: str, other: str) -> bool:
    """Whether one character changed, added, left out or two neighbours swapped makes them the same."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, rest_other = one[start:], other[start:]
    if len(one) == len(other):
        swapped = rest[1:2] + rest[:1] + rest[2:]
        return rest[1:] == rest_other[1:] or swapped == rest_other
    longer, shorter = (rest, rest_other) if len(one) > len(other) else (rest_other, rest)
    return longer[1:] == shorter
