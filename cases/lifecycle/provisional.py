"""Find what was counted provisionally and can be counted for good; each by its own verb and lock."""

from collections.abc import Callable, Iterator
from datetime import datetime

import structlog

from cases.clocks.in_force import known_until
from cases.errors import IllegalStep
from cases.lifecycle.models.assignment import Assignment
from cases.lifecycle.models.case import Case
from cases.machine.outage import outage_of
from cases.people.person import SYSTEM
from cases.words import CaseState

log = structlog.get_logger("provisional")


def recount(at: datetime, *, limit: int = 500) -> int:
    """Count again what the calendar now reaches: tasks first, then promises that may follow them.

    Safe to run twice or late. Returns how many were counted; one that fails stays as it is, is logged and
    tried again.
    """
    return sum(_is_done(verb, number, at) for number, verb in list(_found(at, limit)))


def _found(at: datetime, limit: int) -> Iterator[tuple[str, Callable[..., object]]]:
    known = known_until(at)
    tasks = Assignment.objects.open().filter(due_provisional=True, due_at__lt=known)
    for task in tasks.select_related("case").order_by("pk")[:limit]:
        yield task.case.number, task.recount
    cases = Case.objects.filter(
        state__in=CaseState.OPEN, promise_provisional=True, promise_due_at__lt=known
    )
    for case in cases.order_by("pk")[:limit]:
        yield case.number, case.recount_promise


def _is_done(verb: Callable[..., object], number: str, at: datetime) -> bool:
    try:
        verb(by=SYSTEM, at=at)
    except IllegalStep:
        return False  # it ended meanwhile
    except Exception as error:
        if outage_of(error):
            raise
        log.exception("not counted again", case=number)
        return False
    return True
