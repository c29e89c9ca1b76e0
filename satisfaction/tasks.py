"""Background work of the figures: thin tasks that take no data and may run twice."""

from itertools import islice

from celery import shared_task
from django.utils import timezone

from satisfaction.rollup.upkeep import recount, stale_months

AT_ONCE = 12


@shared_task(name="satisfaction.recount_months")
def recount_months() -> int:
    """Roll up months that are over and stale, the newest first; the rest is left to the next time."""
    months = list(islice(stale_months(timezone.now()), AT_ONCE))
    return sum(recount(month, timezone.now()) for month in months)
