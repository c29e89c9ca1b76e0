"""The clock of a task that ends next, declared once for lists and counts (in SQL) and for a row in memory.

The signature while it is unsigned, then the first contact while that is missing, and the handling time all
the while: tabs, order, colour and the number in the bar speak of whichever ends first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Case, DateTimeField, F, Q, When
from django.db.models.functions import Least
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Assignment
from cases.words import AssignmentRole, AssignmentState


@dataclass(frozen=True)
class TaskClock:
    """A clock beside the handling time: its column, and for which tasks it runs, as ``Q`` and in memory."""

    due: str
    label: str | Promise
    rows: Q
    runs: Callable[[Assignment], bool]


def needs_contact(task: Assignment) -> bool:
    """Whether the citizen must be contacted before anything else."""
    return (
        task.role == AssignmentRole.LEAD
        and task.contact_required
        and task.first_contact_at is None
        and task.state in AssignmentState.UNDER_WAY
    )


CLOCKS = (
    TaskClock(
        "sign_due_at",
        _("sign"),
        Q(state=AssignmentState.DISPATCHED),
        lambda task: task.state == AssignmentState.DISPATCHED,
    ),
    TaskClock(
        "contact_due_at",
        _("first contact"),
        Q(
            state__in=AssignmentState.UNDER_WAY,
            contact_required=True,
            first_contact_at=None,
            role=AssignmentRole.LEAD,
            contact_due_at__isnull=False,
        ),
        lambda task: needs_contact(task) and task.contact_due_at is not None,
    ),
)
HANDLING = _("handling time")


def due_in_rows() -> Case:
    """The next due time as an expression."""
    clocks = (When(one.rows, then=Least(one.due, "due_at")) for one in CLOCKS)
    return Case(*clocks, default=F("due_at"), output_field=DateTimeField())


def is_late(now: datetime) -> Q:
    """Whether one of the clocks of a task is over.

    The next due time is the earlier of two clocks, so it is over when one of them is: said so, the
    question costs a third on a page that asks nothing else of the list.
    """
    over = (one.rows & Q(**{f"{one.due}__lt": now}) for one in CLOCKS)
    return reduce(or_, over, Q(due_at__lt=now))


def _running(task: Assignment) -> TaskClock | None:
    return next((one for one in CLOCKS if one.runs(task)), None)


def next_due(task: Assignment) -> datetime:
    """The same of a single task."""
    clock = _running(task)
    return min(getattr(task, clock.due), task.due_at) if clock else task.due_at


def clock_label(task: Assignment) -> str:
    """Name of the clock that ends next."""
    clock = _running(task)
    return str(clock.label if clock else HANDLING)
