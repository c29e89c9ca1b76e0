"""How much waits behind each entry of the bar, for one person: all of it in one query.

The numbers are those of the screens behind them: the same filters, permission first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from cases.models import Assignment, Case, ContactRelay, Notice, Request, User
from cases.pages import prewritten
from cases.pages.prewritten import shape_of
from cases.people.permissions import may
from cases.people.sight import stands_in
from hotline.desk.notices.mine import unread
from hotline.desk.worklist import todo
from hotline.models import Publication
from search.models import ExportRequest


@dataclass(frozen=True)
class Waiting:
    """How many wait; ``pressing`` paints the number red: some are past their time."""

    count: int = 0
    pressing: bool = False


@dataclass(frozen=True)
class QueueAsked:
    """Rows that wait for the person, and which of them are past their time."""

    rows: QuerySet
    late: Q | None = None


Counter = Callable[[User, datetime], Iterable[QueueAsked]]


def count(counters: dict[str, Counter], user: User, now: datetime) -> dict[str, Waiting]:
    """Count everything at once, by name; one query, none when nothing can wait."""
    found = dict.fromkeys(counters, Waiting())
    if not counters:
        return found

    def asked(at: datetime) -> QuerySet[Any]:
        parts = [_part(name, one) for name, ask in counters.items() for one in ask(user, at)]
        return parts[0].union(*parts[1:], all=True) if parts else Notice.objects.none()

    for name, n, late in prewritten.rows((*counters.items(), shape_of(user)), asked, now):
        before = found[name]
        found[name] = Waiting(before.count + n, before.pressing or late > 0)
    return found


def _part(name: str, asked: QueueAsked) -> QuerySet[Any]:
    late = Count(Value(1), filter=asked.late) if asked.late else Value(0)
    rows = asked.rows.order_by().annotate(behind=Value(name)).values("behind")
    return rows.annotate(n=Count("*"), past=late).values_list("behind", "n", "past")


def cases_in(*states: str, due: str) -> Counter:
    """Cases in these states; ``due`` is the column of the clock that runs there."""

    def ask(user: User, now: datetime) -> list[QueueAsked]:
        rows = Case.objects.visible_to(user).filter(state__in=states)
        return [QueueAsked(rows, Q(**{f"{due}__lt": now}))]

    return ask


def tasks(user: User, now: datetime) -> list[QueueAsked]:
    """What the person's unit still has to do."""
    return [QueueAsked(todo.open_tasks(user), todo.is_late(now))]


def sign_off(user: User, now: datetime) -> list[QueueAsked]:
    """Replies and requests that wait for the leader."""
    mine = Assignment.objects.visible_to(user)
    asked = Request.objects.filter(stands_in(mine.open(), "assignment"), state="asked")
    return [
        QueueAsked(mine.filter(state="awaiting_sign_off"), Q(due_at__lt=now)),
        QueueAsked(asked),
    ]


def requests(user: User, now: datetime) -> list[QueueAsked]:
    """Returns and extensions that wait for a decision."""
    mine = Assignment.objects.visible_to(user)
    signed = Request.objects.filter(stands_in(mine, "assignment"), state="signed")
    return [QueueAsked(signed, Q(decide_due_at__lt=now))]


def relays(user: User, _now: datetime) -> list[QueueAsked]:
    """Questions of units to citizens they must not know."""
    seen = stands_in(Case.objects.visible_to(user), "assignment__case")
    return [QueueAsked(ContactRelay.objects.waiting().filter(seen))]


def exports(user: User, _now: datetime) -> list[QueueAsked]:
    """Exports that wait for this person's decision."""
    if not may(user, "export.decide"):
        return []
    return [QueueAsked(ExportRequest.objects.filter(state="asked").exclude(asker=user.pk))]


def notices(user: User, _now: datetime) -> list[QueueAsked]:
    """Unread notices."""
    return [QueueAsked(unread(user))]


def publication(user: User, _now: datetime) -> list[QueueAsked]:
    """Copies that wait for the second person's check, if the person may be that one."""
    seen = stands_in(Case.objects.visible_to(user), "case")
    copies = Publication.objects.filter(seen, state=Publication.State.DRAFTED)
    return [QueueAsked(copies.exclude(drafted_by=user.pk))]
