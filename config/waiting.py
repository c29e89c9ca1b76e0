"""How much waits behind each entry of the bar, for one person; one or two queries each.

The numbers are those of the screens behind them: the same filters, permission first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from cases.models import Assignment, Case, Request, User
from hotline.desk.notices.mine import unread
from hotline.desk.worklist import todo
from hotline.models import Publication


@dataclass(frozen=True)
class Waiting:
    """How many wait; ``pressing`` paints the number red: some are past their time."""

    count: int = 0
    pressing: bool = False


Counter = Callable[[User, datetime], Waiting]


def _count(rows: QuerySet, due: str, now: datetime) -> Waiting:
    found = rows.aggregate(all=Count("pk"), late=Count("pk", filter=Q(**{f"{due}__lt": now})))
    return Waiting(found["all"], found["late"] > 0)


def cases_in(*states: str, due: str) -> Counter:
    """Count cases in these states; ``due`` is the column of the clock that runs there."""

    def count(user: User, now: datetime) -> Waiting:
        return _count(Case.objects.visible_to(user).filter(state__in=states), due, now)

    return count


def tasks(user: User, now: datetime) -> Waiting:
    """Count what the person's unit still has to do."""
    return Waiting(*todo.waiting(user, now))


def sign_off(user: User, now: datetime) -> Waiting:
    """Count replies and requests that wait for the leader."""
    mine = Assignment.objects.visible_to(user)
    replies = _count(mine.filter(state="awaiting_sign_off"), "due_at", now)
    asked = Request.objects.filter(state="asked", assignment__in=mine.open()).count()
    return Waiting(replies.count + asked, replies.pressing)


def requests(user: User, now: datetime) -> Waiting:
    """Count returns and extensions that wait for a decision."""
    signed = Request.objects.filter(
        state="signed", assignment__in=Assignment.objects.visible_to(user)
    )
    return _count(signed, "decide_due_at", now)


def notices(user: User, _now: datetime) -> Waiting:
    """Count unread notices."""
    return Waiting(unread(user).count())


def publication(user: User, _now: datetime) -> Waiting:
    """Count copies that wait for the second person's check, if the person may be that one."""
    copies = Publication.objects.filter(
        state=Publication.State.DRAFTED, case__in=Case.objects.visible_to(user).order_by()
    )
    return Waiting(copies.exclude(drafted_by=user.pk).count())
