"""Which tasks a unit's person has before them, by the clock that ends next, and the tabs with counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Assignment, Request, User
from cases.pages import prewritten
from cases.pages.prewritten import shape_of
from cases.words import AssignmentState
from hotline.desk.worklist.clocks import due_in_rows, is_late


@dataclass(frozen=True)
class Tab:
    """One cut of the list. ``tone`` "late" paints its count red."""

    slug: str
    label: str | Promise
    rows: Q
    count: int = 0
    tone: str = ""


def tasks_of(user: User) -> QuerySet[Assignment]:
    """Open tasks of the person's unit and below, with ``next_due``; the most urgent first."""
    return open_tasks(user).annotate(next_due=due_in_rows()).order_by("next_due", "pk")


def open_tasks(user: User) -> QuerySet[Assignment]:
    """Open tasks of the person's unit and below, in no order."""
    seen = Assignment.objects.visible_to(user).open()
    return seen.filter(unit__in=user.unit_ids).order_by()


SHOWN = (
    *("case_id", "unit_id", "role", "round", "state", "submitted_by_id", "review_note"),
    *("dispatched_at", "sign_due_at", "contact_required", "contact_due_at", "first_contact_at"),
    *("original_due_at", "due_at"),
    *("case__number", "case__title", "case__address", "case__demand_type", "case__urgency"),
    *("case__secrecy", "case__urge_count"),
)


class TaskFacts(TypedDict):
    """What a row of the list shows beside the columns of its task."""

    return_waits: bool
    extension_waits: bool
    region_name: str | None
    unit_short: str
    unit_full: str


class TaskFactsOnPaper(TaskFacts):
    """What a row of the sheet shows besides."""

    category_path: str | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    TaskListed = WithAnnotations[Assignment, TaskFacts]
    TaskOnPaper = WithAnnotations[Assignment, TaskFactsOnPaper]


def with_facts(tasks: QuerySet[Assignment]) -> "QuerySet[TaskListed]":
    """Add what a row shows and whether a request waits; no query for each row, no long texts.

    Of region and unit only the names, not fifty objects each.
    """
    waiting = Request.objects.pending().filter(assignment=OuterRef("pk"))
    return (
        tasks.select_related("case")
        .only(*SHOWN)
        .annotate(
            return_waits=Exists(waiting.filter(kind="return")),
            extension_waits=Exists(waiting.filter(kind="extension")),
            region_name=F("case__region__name"),
            unit_short=F("unit__short_name"),
            unit_full=F("unit__name"),
        )
    )


def on_paper(tasks: QuerySet[Assignment]) -> "QuerySet[TaskOnPaper]":
    """The same with what the sheet shows besides."""
    return with_facts(tasks).annotate(category_path=F("case__category__path"))


GROUP = ("state", "role", "n", "late", "by_tonight")


def tabs_for(user: User, now: datetime) -> list[Tab]:
    """Every tab with its true count, in one query over groups of equal state and role."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)

    def grouped(now: datetime, tomorrow: datetime) -> QuerySet[Assignment, prewritten.Values]:
        late, by_tonight = (Count(Value(1), filter=is_late(at)) for at in (now, tomorrow))
        tasks = open_tasks(user).values("state", "role")
        return tasks.annotate(n=Count("*"), late=late, by_tonight=by_tonight).values_list(*GROUP)

    rows = prewritten.rows(("tabs", shape_of(user)), grouped, now, tomorrow)
    groups = [dict(zip(GROUP, row, strict=True)) for row in rows]

    def count(what: str = "n", **of: str) -> int:
        return sum(g[what] for g in groups if of.items() <= g.items())

    overdue = Q(next_due__lt=now)
    today = Q(next_due__gte=now, next_due__lt=tomorrow)
    unsigned = {"state": AssignmentState.DISPATCHED}
    leader = {"state": AssignmentState.AWAITING_SIGN_OFF}
    completion = {"state": AssignmentState.FORMAT_RETURN}
    assisting = {"role": "assist"}
    return [
        Tab("all", _("All"), Q(), count()),
        Tab("overdue", _("Overdue"), overdue, count("late"), tone="late"),
        Tab("today", _("Due today"), today, count("by_tonight") - count("late")),
        Tab("unsigned", _("To sign"), Q(**unsigned), count(**unsigned)),
        Tab("leader", _("With the leader"), Q(**leader), count(**leader)),
        Tab("completion", _("To be completed"), Q(**completion), count(**completion)),
        Tab("assisting", _("Assisting"), Q(**assisting), count(**assisting)),
    ]
