"""Due times counted again when the working days of their year are published (`domain.md` §4).

Until then a term that runs into the year counts Monday to Friday as worked and is provisional. What is
counted again is counted from where it began, by the term it had, with the days it was extended by.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from cases.clocks.alarms import set_alarms
from cases.clocks.due import add_workdays, deadline, explanation
from cases.clocks.in_force import is_provisional
from cases.shapes import Payload
from cases.words import RequestKind, RequestState

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment
    from cases.lifecycle.models.case import Case
    from cases.lifecycle.models.request import Request


def promise(case: "Case") -> None:
    """Count what is promised to the citizen from the acceptance, by the case's class as it is."""
    if case.accepted_at is None:
        return
    counted = deadline(case, "promise", case.accepted_at)
    case.promise_due_at, case.promise_provisional = counted.at, counted.is_provisional


def promise_again(case: "Case") -> Payload:
    """The promise by the calendar as it is now; a lead's longer time moves it along, as when it was given."""
    was = case.promise_due_at
    promise(case)
    lead = case.lead()
    if lead and case.promise_due_at and lead.requests.filter(**EXTENDED).exists():
        case.promise_due_at = max(case.promise_due_at, lead.due_at)
        case.promise_provisional = is_provisional(case.promise_due_at)
    return _told(was, case.promise_due_at)


def time_again(task: "Assignment") -> Payload:
    """A task's time, and what is still asked for, by the calendar as it is now."""
    was = task.due_at
    task.original_due_at = task.due_at = explanation(task).at
    for asked in task.requests.filter(**EXTENDED).order_by("asked_at"):
        task.due_at = add_workdays(task.due_at, _days(asked))
    task.due_provisional = is_provisional(task.due_at)
    for asked in task.requests.pending().filter(kind=RequestKind.EXTENSION):
        asked.new_due_at = add_workdays(task.due_at, _days(asked))
        asked.save()
    if task.due_at != was:  # alarms that were given for the same times are not given again
        set_alarms(task)
    return {"unit": task.unit_name} | _told(was, task.due_at)


EXTENDED = {"kind": RequestKind.EXTENSION, "state": RequestState.GRANTED}


def _days(asked: "Request") -> int:
    """The working days asked for, as the record has them: the row keeps only the day they led to."""
    asking = asked.assignment.case.events.filter(
        kind="extension_asked", assignment=asked.assignment_id, at=asked.asked_at
    )
    return int(asking.latest("seq").payload["days"])


def _told(was: datetime | None, now: datetime | None) -> Payload:
    return {
        "was_due": was.isoformat() if was else "",
        "until": now.isoformat() if now else "",
    }
