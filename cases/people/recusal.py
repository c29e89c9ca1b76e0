"""Recusal (回避): no unit in the line of the one complained about may read, handle or assist.

Pure. The line of a unit goes up to everything above it and down to everything below its department: a
section's colleagues next door sit under the same head. Source: `domain.md` §2.7 (the reported party is never
in the reader set) and its golden case 12.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

SECTION = "section"
Row = tuple[int, int | None, str]  # id, the unit above or None, kind (``UnitKind``)


@dataclass(frozen=True)
class Tree:
    """The units as they hang on each other, however deep."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Tree":
        """Read it from rows of id, id of the unit above, kind."""
        return cls(tuple(rows))

    @cached_property
    def _above(self) -> dict[int, int | None]:
        return {pk: parent for pk, parent, _kind in self.rows}

    @cached_property
    def _kind(self) -> dict[int, str]:
        return {pk: kind for pk, _parent, kind in self.rows}

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for pk, parent, _kind in self.rows:
            if parent is not None:
                found.setdefault(parent, []).append(pk)
        return found

    def up(self, unit: int) -> tuple[int, ...]:
        """Return the unit and everything above it, the nearest first; a circle ends where it closes."""
        found: list[int] = []
        at: int | None = unit
        while at is not None and at not in found:
            found.append(at)
            at = self._above.get(at)
        return tuple(found)

    def down(self, unit: int) -> frozenset[int]:
        """Return the unit and everything below it."""
        found, left = {unit}, [unit]
        while left:
            for child in self._children.get(left.pop(), ()):
                if child not in found:
                    found.add(child)
                    left.append(child)
        return frozenset(found)

    def department(self, unit: int) -> int:
        """Return the nearest unit upwards that is not a section: it has a head of its own."""
        line = self.up(unit)
        return next((one for one in line if self._kind.get(one) != SECTION), line[-1])

    def recused_by(self, *respondents: int) -> frozenset[int]:
        """Return the units that must not learn of a case against all of ``respondents``; none for none."""
        lines = (frozenset(self.up(one)) | self.down(self.department(one)) for one in respondents)
        return frozenset().union(*lines)

    def barred_to(self, unit: int) -> frozenset[int]:
        """Return the respondents whose cases people of ``unit`` must not see."""
        line = set(self.up(unit))
        below = self.down(unit)
        return frozenset(
            pk for pk, _parent, _kind in self.rows if pk in below or self.department(pk) in line
        )
