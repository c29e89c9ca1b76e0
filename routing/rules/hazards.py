"""Words of danger (煤气味, 漏油冒火花, 渗水变浑): they propose that a matter is urgent. Pure.

A line of ``data/hazards.csv`` names a danger and the words that speak of it: groups are set apart by a
blank, and each must be met by one of its words (``|``). Proposed, never set: a person decides. Source:
`domain.md` §3 (紧急 bypass).
"""

import csv
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

from search.words.folding import fold

FILE = Path(__file__).parents[1] / "data" / "hazards.csv"


@dataclass(frozen=True)
class Hazard:
    """A danger by its name, and the groups of words of which each must be met."""

    name: str
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class HazardFound:
    """What a text speaks of, and the words that say so, one of each group."""

    name: str
    words: tuple[str, ...]

    @property
    def said(self) -> str:
        """The words as they are shown."""
        return "、".join(self.words)


@cache
def hazards() -> tuple[Hazard, ...]:
    """All lines of the file."""
    rows = csv.DictReader(StringIO(FILE.read_text(encoding="utf-8")))
    return tuple(
        Hazard(row["name"], tuple(tuple(group.split("|")) for group in row["words"].split()))
        for row in rows
    )


def hazard_in(text: str) -> HazardFound | None:
    """The first danger that the text speaks of; ``None`` for none."""
    told = fold(text)
    for one in hazards():
        met = [next((word for word in group if word in told), "") for group in one.groups]
        if all(met):
            return HazardFound(one.name, tuple(met))
    return None
