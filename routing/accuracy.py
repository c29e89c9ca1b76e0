"""First-dispatch accuracy (首派精准率), `domain.md` §5.2.

Denominator: cases first dispatched in the span. Numerator: of these, the ones whose first lead unit
is still the lead and of whose tasks none was returned or recalled for another unit.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from cases.models import Assignment
from routing.models import Decision


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


def right_first_time(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Of these, where the first unit set was the final one."""
    back = Assignment.objects.filter(case=OuterRef("case"), state="returned")
    return decisions.filter(~Exists(back), case__return_count=0, case__lead_unit=F("chosen_unit"))


def first_dispatch_accuracy(start: datetime, end: datetime) -> Accuracy:
    """Count both numbers in the database; the span is by time of dispatch (aware)."""
    decisions = first_decisions(start, end)
    return Accuracy(right_first_time(decisions).count(), decisions.count())
