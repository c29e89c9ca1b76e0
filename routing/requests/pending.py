"""Requests the office has to decide, by their decision clock."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from cases.models import Assignment, Case, Request
from cases.people.permissions import may
from cases.people.sight import stands_in

SHOWN = 50


@dataclass(frozen=True)
class RequestCounts:
    """How many wait."""

    returns: int
    extensions: int


def pending(user: Any) -> QuerySet[Request]:
    """Signed requests on cases the person may see, the most pressing decision first."""
    return (
        Request.objects.filter(
            stands_in(Case.objects.visible_to(user), "assignment__case"), state="signed"
        )
        .select_related("assignment__case__category", "assignment__unit", "reason")
        .order_by(F("decide_due_at").asc(nulls_last=True), "pk")
    )


def counts(user: Any) -> RequestCounts:
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


def may_decide(user: Any, request: Request) -> bool:
    """Whether the person decides this kind of request."""
    return may(user, f"request.decide_{request.kind}", request)
