"""What waits for the dispatcher, by the clock that runs out first."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_, or_

from django.db.models import Case as Either
from django.db.models import Count, F, Q, Value, When

from cases.lifecycle.models.case import CaseQuerySet
from cases.models import Case
from cases.pages.queue import Clock, Queue
from cases.people.person import Person
from cases.words import CaseState
from routing.advice.question import AdviceQuestion
from routing.advice.suggest import UnitSuggestion, foremost, suggest_all
from routing.dispatching.automatic import is_plain, naming_their_unit
from routing.dispatching.dispatch import to_whom
from routing.rules.hazards import HazardFound, hazard_in, hazards

SHOWN = 50
QUEUE = Queue(
    {
        CaseState.SUBMITTED: Clock("intake_due_at", since="registered_at"),
        CaseState.ACCEPTED: Clock("dispatch_due_at", since="accepted_at"),
    }
)


@dataclass(frozen=True)
class DispatchRow:
    """One waiting case and the foremost suggestion; ``names_it``: its complaint names that unit."""

    case: Case
    best: UnitSuggestion | None
    names_it: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it may go with others in one act."""
        return is_plain(self.case, self.best) and not self.names_it

    @property
    def hazard(self) -> HazardFound | None:
        """The danger of which it speaks."""
        return hazard_in(self.case.title + "\n" + self.case.content)

    @property
    def to(self) -> str:
        """Whom it would go to with others, in words."""
        return to_whom(self.best.unit, self.best.assisting) if self.best else ""


@dataclass(frozen=True)
class DispatchCounts:
    """How many wait: all, for acceptance, for dispatch; ``late``: past their clock."""

    every: int
    submitted: int
    accepted: int
    late: int


def waiting_cases(user: Person) -> CaseQuerySet:
    """Cases the person may see that wait for acceptance or dispatch.

    Those that speak of a danger first, then those whose clock ends first.
    """
    found = QUEUE.ordered(Case.objects.visible_to(user))
    is_hazard = Either(When(of_danger(), then=Value(0)), default=Value(1))
    return found.order_by(is_hazard, F("waits_until").asc(nulls_last=True), "pk")


def of_danger() -> Q:
    """Whether title or content of a row meet all groups of words of a danger (``routing.rules.hazards``)."""

    def met(group: tuple[str, ...]) -> Q:
        said = [
            Q(**{f"{column}__contains": word}) for word in group for column in ("title", "content")
        ]
        return reduce(or_, said)

    return reduce(or_, (reduce(and_, map(met, one.groups)) for one in hazards()))


def counts(user: Person, at: datetime) -> DispatchCounts:
    """All four numbers in one query."""
    found = waiting_cases(user).aggregate(
        every=Count("pk"),
        submitted=Count("pk", filter=Q(state=CaseState.SUBMITTED)),
        accepted=Count("pk", filter=Q(state=CaseState.ACCEPTED)),
        late=Count("pk", filter=QUEUE.late(at)),
    )
    return DispatchCounts(**found)


def rows(user: Person, state: str, at: datetime) -> list[DispatchRow]:
    """The first fifty of the queue with their suggestions; the queries stay the same for any length."""
    cases = (
        waiting_cases(user)
        .select_related("category", "region__parent", "petitioner")
        .with_accused()
    )
    if state in QUEUE.clocks:
        cases = cases.filter(state=state)
    first = list(cases[:SHOWN])
    found = suggest_all([AdviceQuestion.of(case) for case in first], at=at)
    best = [(case, foremost(some)) for case, some in zip(first, found, strict=True)]
    naming = naming_their_unit(best)
    return [DispatchRow(case, one, case.pk in naming) for case, one in best]
