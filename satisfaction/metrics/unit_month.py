"""This month's figures of a unit, for the head of its worklist."""

from datetime import date, datetime

from satisfaction.metrics import Figure, figure
from satisfaction.periods import Period, month_of, today

EVER = date(2000, 1, 1)


def unit_month(unit_ids: frozenset[int], at: datetime) -> dict[str, Figure]:
    """Figures of some units together, in three queries.

    ``on_time`` and ``satisfied`` are rates of the month of ``at``; ``overdue`` counts every lead task
    that is open and past its due time.
    """
    month, ever = month_of(today(at)), Period(EVER, today(at))
    return {
        "on_time": figure("replied_on_time", month, at=at, unit_ids=frozenset(unit_ids)),
        "satisfied": figure("satisfied", month, at=at, unit_ids=frozenset(unit_ids)),
        "overdue": figure("overdue_open", ever, at=at, unit_ids=frozenset(unit_ids)),
    }
