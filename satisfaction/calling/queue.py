"""Who is to be called back, and by which clock."""

from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from cases.models import Case
from cases.pages.queue import Clock, Queue
from cases.people.person import Person
from cases.words import CaseState
from satisfaction.calling.models.attempt import CallbackAttempt

QUEUE = Queue({CaseState.CALLBACK: Clock("callback_due_at", since="answered_at")})


def queue(user: Person, at: datetime) -> QuerySet[Case]:
    """Cases to call back now, the most pressing first; those to be tried later are left out."""
    return waiting_calls(user).filter(Q(next_try_at=None) | Q(next_try_at__lte=at))


def waiting_calls(user: Person) -> QuerySet[Case]:
    """All cases that wait for a call-back, by clock, with the time of the next attempt."""
    last = CallbackAttempt.objects.filter(case=OuterRef("pk"), round=OuterRef("round"))
    later = Subquery(last.order_by("-number").values("next_try_at")[:1])
    return QUEUE.ordered(Case.objects.visible_to(user)).annotate(next_try_at=later)
