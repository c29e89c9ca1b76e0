"""What waits for a unit leader's signature."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from cases.models import Assignment, Request


def replies_for(user: Any) -> QuerySet[Assignment]:
    """Replies of the leader's unit that wait for the signature, the nearest due time first."""
    tasks = Assignment.objects.visible_to(user).filter(
        unit__in=user.unit_ids, state="awaiting_sign_off"
    )
    return tasks.order_by("due_at", "pk")


def returns_for(user: Any) -> QuerySet[Request]:
    """Returns asked for by the unit's clerks, not signed yet."""
    tasks = Assignment.objects.visible_to(user).filter(unit__in=user.unit_ids)
    waiting = Request.objects.filter(kind="return", state="asked", assignment__in=tasks)
    return waiting.order_by("asked_at", "pk")


def waiting(user: Any, now: datetime) -> tuple[int, bool]:
    """How many wait for the leader, and whether one is late: for the number in the bar."""
    found = replies_for(user).order_by().aggregate(n=Count("pk"), first=Min("due_at"))
    return found["n"] + returns_for(user).count(), bool(found["first"] and found["first"] < now)
