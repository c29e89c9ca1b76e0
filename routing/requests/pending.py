"""Requests the office has to decide, by their decision clock."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from cases.models import Assignment, Case, Request
from cases.pages.queue import Clock, Queue
from cases.people.permissions import may
from cases.people.person import Person
from cases.people.sight import stands_in
from cases.words import RequestKind, RequestState

SHOWN = 50
DECIDES = tuple(f"request.decide_{kind}" for kind in RequestKind)
QUEUE = Queue({RequestState.SIGNED: Clock("decide_due_at", Coalesce("signed_at", "asked_at"))})


@dataclass(frozen=True)
class RequestCounts:
    """How many wait."""

    returns: int
    extensions: int


def pending(user: Person) -> QuerySet[Request]:
    """Signed requests on cases the person may see, the most pressing decision first."""
    related = ("assignment__case__category", "assignment__unit", "reason")
    return QUEUE.ordered(seen(user)).select_related(*related)


def seen(user: Person) -> QuerySet[Request]:
    """Requests on cases the person may see."""
    return Request.objects.filter(stands_in(Case.objects.visible_to(user), "assignment__case"))


def for_decision_of(user: Person) -> QuerySet[Request]:
    """Those that the person decides, in no order: not everybody decides both kinds."""
    kinds = [kind for kind in RequestKind if may(user, f"request.decide_{kind}")]
    return QUEUE.waiting(seen(user)).filter(kind__in=kinds)


def counts(user: Person) -> RequestCounts:
    """Both numbers in one query."""
    found = pending(user).aggregate(
        returns=Count("pk", filter=Q(kind="return")),
        extensions=Count("pk", filter=Q(kind="extension")),
    )
    return RequestCounts(**found)


def details(request: Request) -> Request:
    """The same request with everything its page shows."""
    return Request.objects.select_related(
        "assignment__case__category",
        "assignment__case__region",
        "assignment__case__petitioner",
        "assignment__unit",
        "reason",
        "suggested_unit",
        "asked_by",
        "signed_by",
    ).get(pk=request.pk)


def earlier_tasks(request: Request) -> QuerySet[Assignment]:
    """Every task of the case so far: who had it and what became of it."""
    return (
        Assignment.objects.filter(case=request.assignment.case_id)
        .prefetch_related("requests__reason")
        .order_by("dispatched_at", "pk")
    )


def is_decided_by(user: Person, request: Request, at: datetime) -> bool:
    """Whether it waits for this person's word."""
    return f"grant_{request.kind}" in request.possible(user, at=at)


def may_decide(user: Person, request: Request) -> bool:
    """Whether the person decides this kind of request."""
    return may(user, f"request.decide_{request.kind}", request)
