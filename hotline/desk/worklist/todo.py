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
    return _open_tasks(user).annotate(next_due=next_due).order_by("next_due", "pk")


def _open_tasks(user: Any) -> QuerySet[Assignment]:
    seen = Assignment.objects.visible_to(user).open()
    return seen.filter(unit__in=user.unit_ids).order_by()


SHOWN = (
    *("case_id", "unit_id", "role", "round", "state", "submitted_by_id", "review_note"),
    *("dispatched_at", "sign_due_at", "contact_required", "contact_due_at", "first_contact_at"),
    *("original_due_at", "due_at", "due_provisional", "unit__name", "unit__short_name"),
    *("case__number", "case__title", "case__address", "case__demand_type", "case__urgency"),
    *("case__secrecy", "case__urge_count", "case__region__name"),
)
ON_PAPER = ("case__category__path",)


def with_facts(tasks: QuerySet[Assignment], *more: str) -> QuerySet[Assignment]:
    """Add what a row shows and whether a request waits; no query for each row, no long texts.

    ``more``: columns of the case that are wanted besides (``ON_PAPER``).
    """
    waiting = Request.objects.pending().filter(assignment=OuterRef("pk"))
    joined = ["case__region", "unit", *(name.rpartition("__")[0] for name in more)]
    return (
        tasks.select_related(*joined)
        .only(*SHOWN, *more)
        .annotate(
            return_waits=Exists(waiting.filter(kind="return")),
            extension_waits=Exists(waiting.filter(kind="extension")),
        )
    )


def tabs_for(tasks: QuerySet[Assignment], now: datetime) -> list[Tab]:
    """Every tab with its true count, in one query over groups of equal state and role."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    late = Q(next_due__lt=now)
    today = Q(next_due__gte=now, next_due__lt=midnight + timedelta(days=1))
    rows: Any = (
        tasks.order_by()
        .values("state", "role")
        .annotate(n=Count("pk"), late=Count("pk", filter=late), today=Count("pk", filter=today))
        .values("state", "role", "n", "late", "today")
    )
    groups: list[dict[str, Any]] = list(rows)

    def count(what: str = "n", **of: str) -> int:
        return sum(g[what] for g in groups if of.items() <= g.items())

    leader, completion = {"state": "awaiting_sign_off"}, {"state": "format_return"}
    assisting = {"role": "assist"}
    return [
        Tab("all", _("All"), Q(), count()),
        Tab("overdue", _("Overdue"), late, count("late"), tone="late"),
        Tab("today", _("Due today"), today, count("today")),
        Tab("unsigned", _("To sign"), UNSIGNED, count(state="dispatched")),
        Tab("leader", _("With the leader"), Q(**leader), count(**leader)),
        Tab("completion", _("To be completed"), Q(**completion), count(**completion)),
        Tab("assisting", _("Assisting"), Q(**assisting), count(**assisting)),
    ]


def waiting(user: Any, now: datetime) -> tuple[int, bool]:
    """How many tasks are open and whether one is late: for the number in the bar.

    ``next_due`` is the earlier of two clocks, so it is over when one of them is: said so, the
    question costs a third on a page that asks nothing else of the list.
    """
    late = (
        Q(due_at__lt=now)
        | (UNSIGNED & Q(sign_due_at__lt=now))
        | (NO_CONTACT & Q(contact_due_at__lt=now))
    )
    found = _open_tasks(user).aggregate(n=Count("pk"), late=Count("pk", filter=late))
    return found["n"], found["late"] > 0
