"""What background work has not done in time: duties nobody serves, clocks that ran out unseen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from cases.clocks.models.alarm import Alarm
from cases.events.models.duty import Duty
from cases.events.outbox import LATE as DUTY_LATE

CLOCK_LATE = timedelta(minutes=5)  # after a midnight with a thousand of them it takes two


@dataclass(frozen=True)
class Late:
    """How many wait, and since when the oldest does."""

    waiting: int
    since: datetime | None


def duties(at: datetime, *, away: str = "") -> Late:
    """Duties that have waited too long; parked ones wait for a person and do not count.

    ``away``: a consumer whose server is not there; that is told elsewhere.
    """
    late = Duty.objects.filter(parked=False, created_at__lt=at - DUTY_LATE).exclude(consumer=away)
    return Late(*late.aggregate(n=Count("pk"), oldest=Min("created_at")).values())


def clocks(at: datetime) -> Late:
    """Clocks that ran out, or were to warn, and nobody was told."""
    late = Alarm.objects.filter(fired_at=None, at__lt=at - CLOCK_LATE)
    return Late(*late.aggregate(n=Count("pk"), oldest=Min("at")).values())
