"""A text as it is meant: folded, without what nobody sees, each place leading back to the original.

Pure. Spaces and punctuation stay; what may stand inside a number or a name is said by those who look.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cases.privacy.folding import fold

# Format characters of Unicode that people paste or hide: zero width, joiners, direction, soft hyphen.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]+"
)
MIDDLE_DOTS = "·•‧∙⋅・･"
DOTS = MIDDLE_DOTS + "\u2024."
# ①②③ in a row may spell a number; one alone counts a paragraph and is no digit of what follows.
LONE = re.compile("(?<![⓪①-⑨])[⓪①-⑨](?![⓪①-⑨])")


@dataclass(frozen=True)
class Spelling:
    """``text`` to look at; ``places[i]`` is where its character ``i`` stands in the original."""

    text: str
    places: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the original; it is not empty."""
        return self.places[start], self.places[end - 1] + 1


def spelled(original: str) -> Spelling:
    """Fold and drop what is invisible."""
    folded = fold(LONE.sub("、", original))
    hidden = [found.span() for found in INVISIBLE.finditer(folded)]
    if not hidden:
        return Spelling(folded, range(len(folded)))
    places: list[int] = []
    last = 0
    for start, end in hidden:
        places.extend(range(last, start))
        last = end
    places.extend(range(last, len(folded)))
    return Spelling(INVISIBLE.sub("", folded), places)


def bare(text: str) -> str:
    """Only what can be a letter or a digit of a name or a number, folded."""
    return re.sub(rf"[\s\-‐-―−_/{DOTS}()\[\]]+", "", spelled(text).text)
