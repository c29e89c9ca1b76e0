"""First-dispatch accuracy (首派精准率), `domain.md` §5.2.

Denominator: cases first dispatched in the span. Numerator: of these, the ones whose first lead unit
is still the lead and of whose tasks none was returned or recalled for another unit.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from cases.models import Assignment, Case
from cases.people.permissions import scope_of
from cases.people.person import Person
from cases.people.sight import stands_in
from cases.words import AssignmentState
from routing.dispatching.models.decision import Decision


@dataclass(frozen=True)
class Accuracy:
    """Both numbers of the rate; the caller prints them beside it."""

    right: int
    dispatched: int


def first_decisions(start: datetime, end: datetime) -> QuerySet[Decision]:
    """First dispatches in [start, end) of cases that count."""
    return Decision.objects.filter(
        turn=1, at__gte=start, at__lt=end, case__is_test=False, case__is_void=False
    )


def right_first_time() -> Q:
    """Of decisions, those where the first unit set was the final one."""
    back = Assignment.objects.filter(case=OuterRef("case"), state=AssignmentState.RETURNED)
    return Q(~Exists(back), case__return_count=0, case__lead_unit=F("chosen_unit"))


def seen_by(user: Person | None, decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Decisions about cases the person may know of: not even a number tells of a secret one."""
    if user is None or scope_of(user).sees_secret:
        return decisions  # nothing is hidden: no need to look at the cases
    return decisions.filter(stands_in(Case.objects.visible_to(user), "case"))


def first_dispatch_accuracy(start: datetime, end: datetime, user: Person | None = None) -> Accuracy:
    """Count both numbers in one query; the span is by time of dispatch (aware).

    ``user``: only cases this person may know of; ``None`` is the system and counts all.
    """
    decisions = seen_by(user, first_decisions(start, end))
    found = decisions.aggregate(
        right=Count("pk", filter=right_first_time()), dispatched=Count("pk")
    )
    return Accuracy(**found)
