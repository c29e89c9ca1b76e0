"""What waits for a unit leader's signature."""

from typing import Any

from django.db.models import QuerySet

from cases.models import Assignment, Request
from cases.people.sight import stands_in


def replies_for(user: Any) -> QuerySet[Assignment]:
    """Replies of the leader's unit that wait for the signature, the nearest due time first."""
    tasks = Assignment.objects.visible_to(user).filter(
        unit__in=user.unit_ids, state="awaiting_sign_off"
    )
    return tasks.order_by("due_at", "pk")


def returns_for(user: Any) -> QuerySet[Request]:
    """Returns asked for by the unit's clerks, not signed yet."""
    tasks = Assignment.objects.visible_to(user).filter(unit__in=user.unit_ids)
    own = stands_in(tasks, "assignment")
    waiting = Request.objects.filter(own, kind="return", state="asked")
    return waiting.order_by("asked_at", "pk")
