"""The auditor: rolled-up months beside the same months counted now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from satisfaction.metrics import MetricScope
from satisfaction.periods import Period, month_of
from satisfaction.rollup.models.rolled import RolledMonth
from satisfaction.rollup.writing import declared, written


@dataclass(frozen=True)
class Difference:
    """A metric of a month whose rolled-up numbers are not those counted now."""

    month: Period
    slug: str
    rolled: object
    live: object


def compared(period: Period, at: datetime) -> Iterator[tuple[Period, list[Difference]]]:
    """Each rolled-up month inside the period that pages would read, with what differs in it."""
    rows = RolledMonth.objects.usable(at, declared())
    for row in rows.filter(first__gte=period.first, first__lte=period.last):
        month = month_of(row.first)
        if month.last <= period.last:
            yield month, list(_differences(row, month, at))


def _differences(row: RolledMonth, month: Period, at: datetime) -> Iterator[Difference]:
    whole, groups = written(MetricScope(month, at))
    for slug, numbers in whole.items():
        if row.whole.get(slug) != numbers:
            yield Difference(month, slug, row.whole.get(slug), numbers)
    for slug, found in groups.items():
        kept, now = sorted(row.groups.get(slug, []), key=repr), sorted(found, key=repr)
        if kept != now and row.whole.get(slug) == whole[slug]:
            yield Difference(month, slug, kept, now)
