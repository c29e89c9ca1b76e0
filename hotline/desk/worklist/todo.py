"""Which tasks a unit's person has before them, by the clock that ends next, and the tabs with counts.

The next clock of a task: the signature while it is unsigned, then the first contact while that is
missing, then the handling time. Tabs, order and colour all speak of this one clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Assignment, Request

UNSIGNED = Q(state="dispatched")
NO_CONTACT = Q(
    state__in=["signed", "in_progress"], contact_required=True, first_contact_at=None, role="lead"
) & Q(contact_due_at__isnull=False)


@dataclass(frozen=True)
class Tab:
    """One cut of the list. ``tone`` "late" paints its count red."""

    slug: str
    label: str | Promise
    rows: Q
    count: int = 0
    tone: str = ""


def tasks_of(user: Any) -> QuerySet[Assignment]:
    """Open tasks of the person's unit and below, with ``next_due``; the most urgent first."""
    next_due = Case(
        When(UNSIGNED, then=Least("sign_due_at", "due_at")),
        When(NO_CONTACT, then=Least("contact_due_at", "due_at")),
        default=F("due_at"),
        output_field=DateTimeField(),
    )
    mine = Assignment.objects.visible_to(user).open().filter(unit__in=user.unit_ids)
    return mine.annotate(next_due=next_due).order_by("next_due", "pk")


def with_facts(tasks: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Add what a row shows: case, place and whether a request waits; no query for each row."""
    waiting = Request.objects.pending().filter(assignment=OuterRef("pk"))
    return tasks.select_related("case__region", "case__category", "unit").annotate(
        return_waits=Exists(waiting.filter(kind="return")),
        extension_waits=Exists(waiting.filter(kind="extension")),
    )


def tabs_for(tasks: QuerySet[Assignment], now: datetime) -> list[Tab]:
    """Every tab with its true count, in one query."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Q(next_due__gte=now, next_due__lt=midnight + timedelta(days=1))
    tabs = [
        Tab("all", _("All"), Q()),
        Tab("overdue", _("Overdue"), Q(next_due__lt=now), tone="late"),
        Tab("today", _("Due today"), today),
        Tab("unsigned", _("To sign"), UNSIGNED),
        Tab("leader", _("With the leader"), Q(state="awaiting_sign_off")),
        Tab("completion", _("To be completed"), Q(state="format_return")),
        Tab("assisting", _("Assisting"), Q(role="assist")),
    ]
    counts = tasks.order_by().aggregate(
        **{tab.slug: Count("pk", filter=tab.rows or None) for tab in tabs}
    )
    return [Tab(t.slug, t.label, t.rows, counts[t.slug], t.tone) for t in tabs]


def waiting(user: Any, now: datetime) -> tuple[int, bool]:
    """How many tasks are open and whether one is late: for the number in the bar."""
    late = Count("pk", filter=Q(next_due__lt=now))
    found = tasks_of(user).order_by().aggregate(n=Count("pk"), late=late)
    return found["n"], found["late"] > 0
