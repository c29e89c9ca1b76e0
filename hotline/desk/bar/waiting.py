"""How much waits behind each entry of the bar, for one person: all of it in one query.

The numbers are those of the screens behind them: the same filters, permission first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Model, Q, QuerySet, Value

from cases.models import Case, ContactRelay, Notice, User
from cases.pages import prewritten
from cases.pages.prewritten import shape_of
from cases.pages.queue import Queue
from cases.people.permissions import may
from cases.people.sight import stands_in
from hotline.desk.notices.mine import unread
from hotline.desk.replyreview import queue as reviewing
from hotline.desk.signoff import queue as signoff
from hotline.desk.worklist import todo
from hotline.desk.worklist.clocks import is_late
from hotline.publishing.models.publication import Publication
from routing.desk import queue as dispatching
from routing.requests import pending
from satisfaction.calling import queue as calling
from satisfaction.dissatisfied import deciding
from search.models import ExportRequest, ExportState


@dataclass(frozen=True)
class Waiting:
    """How many wait; ``pressing`` paints the number red: some are past their time."""

    count: int = 0
    pressing: bool = False


@dataclass(frozen=True)
class QueueAsked:
    """Rows that wait for the person, and which of them are past their time."""

    rows: QuerySet[Model]
    late: Q | None = None


Counter = Callable[[User, datetime], Iterable[QueueAsked]]


def count(counters: dict[str, Counter], user: User, now: datetime) -> dict[str, Waiting]:
    """Count everything at once, by name; one query, none when nothing can wait."""
    found = dict.fromkeys(counters, Waiting())
    if not counters:
        return found

    def asked(at: datetime) -> QuerySet[Model, prewritten.Values]:
        parts = [_part(name, one) for name, ask in counters.items() for one in ask(user, at)]
        return (
            parts[0].union(*parts[1:], all=True)
            if parts
            else Notice.objects.values_list("pk").none()
        )

    for name, n, late in prewritten.rows((*counters.items(), shape_of(user)), asked, now):
        before = found[name]
        found[name] = Waiting(before.count + n, before.pressing or late > 0)
    return found


def _part(name: str, asked: QueueAsked) -> QuerySet[Model, prewritten.Values]:
    late = Count(Value(1), filter=asked.late) if asked.late else Value(0)
    rows = asked.rows.order_by().annotate(behind=Value(name)).values("behind")
    return rows.annotate(n=Count("*"), past=late).values_list("behind", "n", "past")


def dispatch(user: User, now: datetime) -> list[QueueAsked]:
    """Cases that wait for acceptance or dispatch."""
    return _cases(dispatching.QUEUE, user, now)


def review(user: User, now: datetime) -> list[QueueAsked]:
    """Replies that wait for the office's review."""
    return _cases(reviewing.QUEUE, user, now)


def callbacks(user: User, now: datetime) -> list[QueueAsked]:
    """Citizens to be called back now, without those to be tried again later."""
    return [QueueAsked(calling.queue(user, now), calling.QUEUE.late(now))]


def dissatisfied(user: User, now: datetime) -> list[QueueAsked]:
    """Dissatisfied citizens who wait for a decision."""
    return _cases(deciding.QUEUE, user, now)


def _cases(queue: Queue, user: User, now: datetime) -> list[QueueAsked]:
    return [QueueAsked(queue.waiting(Case.objects.visible_to(user)), queue.late(now))]


def tasks(user: User, now: datetime) -> list[QueueAsked]:
    """What the person's unit still has to do."""
    return [QueueAsked(todo.open_tasks(user), is_late(now))]


def sign_off(user: User, now: datetime) -> list[QueueAsked]:
    """Replies and requests that wait for the leader."""
    return [
        QueueAsked(signoff.replies_for(user), signoff.QUEUE.late(now)),
        QueueAsked(signoff.returns_for(user)),
    ]


def requests(user: User, now: datetime) -> list[QueueAsked]:
    """Returns and extensions that wait for this person's decision."""
    return [QueueAsked(pending.for_decision_of(user), pending.QUEUE.late(now))]


def relays(user: User, _now: datetime) -> list[QueueAsked]:
    """Questions of units to citizens they must not know."""
    seen = stands_in(Case.objects.visible_to(user), "assignment__case")
    return [QueueAsked(ContactRelay.objects.waiting().filter(seen))]


def exports(user: User, _now: datetime) -> list[QueueAsked]:
    """Exports that wait for this person's decision."""
    if not may(user, "export.decide"):
        return []
    return [
        QueueAsked(ExportRequest.objects.filter(state=ExportState.ASKED).exclude(asker=user.pk))
    ]


def notices(user: User, _now: datetime) -> list[QueueAsked]:
    """Unread notices."""
    return [QueueAsked(unread(user))]


def publication(user: User, _now: datetime) -> list[QueueAsked]:
    """Copies that wait for the second person's check, if the person may be that one."""
    seen = stands_in(Case.objects.visible_to(user), "case")
    copies = Publication.objects.filter(seen, state=Publication.State.DRAFTED)
    return [QueueAsked(copies.exclude(drafted_by=user.pk))]
