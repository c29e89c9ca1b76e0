"""The clocks of a case as its verbs need them: stored due times come from here and nowhere else."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from cases.clocks.counting import Deadline, Term, TermUnit, alarms, due
from cases.clocks.in_force import calendar, day_end, deadline_for, office_hours, policy_for
from cases.clocks.policy import PolicyFacts
from cases.clocks.stages import Thresholds

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment
    from cases.lifecycle.models.case import Case


def deadline(case: "Case | PolicyFacts", clock: str, start: datetime) -> Deadline:
    """When the clock ``clock`` of the case's policy ends if it starts at ``start`` (aware)."""
    return deadline_for(case, clock, start)


def elapsed_term(received: datetime, answered: datetime) -> int:
    """The smallest n such that the answer came within n working days of the receipt.

    The day of receipt is not counted, whatever its hour; the last day runs to its end. Days are those
    of the office (Asia/Shanghai). A year without a published calendar counts Monday to Friday.
    """
    first, last = timezone.localtime(received).date(), timezone.localtime(answered).date()
    return calendar().assuming_weekends().smallest_term(first, last)


def add_workdays(moment: datetime, days: int) -> datetime:
    """The end of the ``days``-th working day after the day of ``moment``."""
    return _due(moment, Term(days, TermUnit.WORKDAYS)).at


def max_extension_days(case: "Case", task: "Assignment") -> int:
    """Working days a task may be extended by: at most its own term, at most the policy's cap."""
    cap = policy_for(case, task.dispatched_at).term("extension_max").amount
    own = Term.parse(task.term)
    days = own.amount if own.unit in {TermUnit.WORKDAYS, TermUnit.DAYS} else 1
    return max(1, min(cap, days))


def alarm_times(start: datetime, due_at: datetime) -> list[tuple[str, datetime]]:
    """The moments at which a running clock is announced, in order of time."""
    by_hours = Thresholds(office=office_hours(), tz=timezone.get_default_timezone())
    return [(str(one.stage), one.at) for one in alarms(start, due_at, calendar(), by_hours)]


def explanation(task: "Assignment") -> Deadline:
    """The task's original term counted again day by day, for "how was this worked out?"."""
    return _due(task.dispatched_at, Term.parse(task.term))


def _due(start: datetime, term: Term) -> Deadline:
    """Count by the office's calendar, hours and zone."""
    return due(
        start,
        term,
        calendar(),
        tz=timezone.get_default_timezone(),
        office=office_hours(),
        day_end=day_end(),
    )
