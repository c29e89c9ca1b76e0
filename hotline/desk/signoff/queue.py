"""What waits for a unit leader's signature."""

from django.db.models import QuerySet

from cases.models import Assignment, Request, User
from cases.pages.queue import Clock, Queue
from cases.people.sight import stands_in
from cases.words import AssignmentState, RequestState

QUEUE = Queue({AssignmentState.AWAITING_SIGN_OFF: Clock("due_at", since="dispatched_at")})


def replies_for(user: User) -> QuerySet[Assignment]:
    """Replies of the leader's unit that wait for the signature, the nearest due time first."""
    return QUEUE.ordered(Assignment.objects.visible_to(user).filter(unit__in=user.unit_ids))


def returns_for(user: User) -> QuerySet[Request]:
    """Returns asked for by the unit's clerks, not signed yet."""
    tasks = Assignment.objects.visible_to(user).filter(unit__in=user.unit_ids)
    own = stands_in(tasks, "assignment")
    waiting = Request.objects.filter(own, kind="return", state=RequestState.ASKED)
    return waiting.order_by("asked_at", "pk")
