"""What waits for the dispatcher, by the clock that runs out first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as When_
from django.db.models import Count, DateTimeField, F, Q, QuerySet, When

from cases.lifecycle.models.case import BEFORE_DISPATCH
from cases.models import Case
from routing.advice.question import AdviceQuestion
from routing.advice.suggest import UnitSuggestion, suggest_all
from routing.dispatching.automatic import is_plain, naming_their_unit

SHOWN = 50


@dataclass(frozen=True)
class DispatchRow:
    """One waiting case and the unit suggested first; ``names_it``: its complaint names that unit."""

    case: Case
    best: UnitSuggestion | None
    names_it: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it may go with others in one act."""
        return is_plain(self.case, self.best) and not self.names_it


@dataclass(frozen=True)
class DispatchCounts:
    """How many wait: all, for acceptance, for dispatch; ``late``: past their clock."""

    every: int
    submitted: int
    accepted: int
    late: int


def waiting_cases(user: Any) -> QuerySet[Case]:
    """Cases the person may see that wait for acceptance or dispatch, the most pressing first."""
    due = When_(
        When(state="submitted", then=F("intake_due_at")),
        default=F("dispatch_due_at"),
        output_field=DateTimeField(),
    )
    started = When_(
        When(state="submitted", then=F("registered_at")),
        default=F("accepted_at"),
        output_field=DateTimeField(),
    )
    return (
        Case.objects.visible_to(user)
        .filter(state__in=BEFORE_DISPATCH)
        .annotate(waits_until=due, waits_since=started)
        .order_by(F("waits_until").asc(nulls_last=True), "pk")
    )


def counts(user: Any, at: datetime) -> DispatchCounts:
    """All four numbers in one query."""
    found = waiting_cases(user).aggregate(
        every=Count("pk"),
        submitted=Count("pk", filter=Q(state="submitted")),
        accepted=Count("pk", filter=Q(state="accepted")),
        late=Count("pk", filter=Q(waits_until__lt=at)),
    )
    return DispatchCounts(**found)


def rows(user: Any, state: str, at: datetime) -> list[DispatchRow]:
    """The first fifty of the queue with their suggestions; the queries stay the same for any length."""
    cases = (
        waiting_cases(user)
        .select_related("category", "region__parent", "petitioner")
        .with_accused()
    )
    if state in BEFORE_DISPATCH:
        cases = cases.filter(state=state)
    first = list(cases[:SHOWN])
    found = suggest_all([AdviceQuestion.of(case) for case in first], at=at)
    best = [(case, some[0] if some else None) for case, some in zip(first, found, strict=True)]
    naming = naming_their_unit(best)
    return [DispatchRow(case, one, case.pk in naming) for case, one in best]
