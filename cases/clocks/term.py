"""A term: an amount and a unit, written as in the deadline policies: 5wd 7d 24h 2wh 30min.

Pure: no Django.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

WRITTEN = re.compile(r"([1-9][0-9]{0,3})(wd|d|wh|h|min)", re.ASCII)


class TermUnit(StrEnum):
    """What is counted."""

    WORKDAYS = "wd"  # 工作日
    DAYS = "d"  # 自然日
    WORKING_HOURS = "wh"
    HOURS = "h"  # round the clock, every day
    MINUTES = "min"  # round the clock


@dataclass(frozen=True)
class Term:
    """So many of a unit; ``str(term)`` is the written form."""

    amount: int
    unit: TermUnit

    @classmethod
    def parse(cls, text: str) -> "Term":
        """Read "5wd"; raises ``ValueError`` with a sentence."""
        found = WRITTEN.fullmatch(text.strip())
        if not found:
            raise ValueError(
                f"“{text}” is not a term: write an amount from 1 to 9999 "
                "and a unit (wd, d, wh, h or min), such as 5wd."
            )
        return cls(int(found[1]), TermUnit(found[2]))

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def span(self) -> timedelta:
        """The time to be spent: for hours and minutes only, days are counted instead."""
        if self.unit is TermUnit.MINUTES:
            return timedelta(minutes=self.amount)
        if self.unit in {TermUnit.HOURS, TermUnit.WORKING_HOURS}:
            return timedelta(hours=self.amount)
        raise ValueError(f"{self} is counted in days, not in hours.")
