"""A queue of a desk: in which states rows wait in it, and which clock runs in each.

Declared once, beside the list it is for; the list, its order, its tabs, its count of what is late and the
number in the bar all ask the same declaration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Case, DateTimeField, F, Model, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

Rows = TypeVar("Rows", bound=QuerySet[Model])


@dataclass(frozen=True)
class Clock:
    """``due``: the column by which it ends; ``since``: when it began, from which a warning is reckoned."""

    due: str
    since: str | Combinable | None = None


@dataclass(frozen=True)
class Queue:
    """``clocks``: each state in which rows wait, and the clock that runs there."""

    clocks: Mapping[str, Clock]

    def waiting(self, rows: Rows) -> Rows:
        """Those of ``rows`` that wait, in no order."""
        return rows.filter(state__in=[*self.clocks]).order_by()

    def ordered(self, rows: Rows) -> Rows:
        """The same, the most pressing first, each with ``waits_until`` and ``waits_since``."""
        found = self.waiting(rows).annotate(
            waits_until=self._of_each([clock.due for clock in self.clocks.values()]),
            waits_since=self._of_each([clock.since for clock in self.clocks.values()]),
        )
        return found.order_by(F("waits_until").asc(nulls_last=True), "pk")

    def late(self, at: datetime) -> Q:
        """Whether the clock of a row that waits is over."""
        is_one = len(self.clocks) == 1  # the state is asked already
        over = [
            Q(**{f"{clock.due}__lt": at})
            if is_one
            else Q(**{"state": state, f"{clock.due}__lt": at})
            for state, clock in self.clocks.items()
        ]
        return reduce(or_, over)

    def _of_each(self, columns: list[str | Combinable | None]) -> Combinable:
        """The column of the state a row is in; no condition where there is but one."""
        found: list[Combinable] = [
            F(one) if isinstance(one, str) else one or Value(None, DateTimeField())
            for one in columns
        ]
        if len(found) == 1:
            return found[0]
        each = zip(self.clocks, found, strict=True)
        return Case(
            *(When(state=state, then=column) for state, column in each),
            output_field=DateTimeField(),
        )
