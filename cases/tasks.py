"""Background work: thin tasks that take no data, call one verb and may run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from cases import outbox, pulse, sweeps

BATCH = 200
AT_MOST = timedelta(seconds=5)  # then the sweeps have their turn


@shared_task(name="cases.drain_outbox")
def drain_outbox() -> int:
    """Serve what events owe to index, notices and others; a long queue in one go, for seconds at most."""
    until = timezone.now() + AT_MOST
    served = batch = outbox.drain(at=timezone.now(), limit=BATCH)
    while batch == BATCH and timezone.now() < until:
        batch = outbox.drain(at=timezone.now(), limit=BATCH)
        served += batch
    pulse.beat("outbox", timezone.now())
    return served


@shared_task(name="cases.sweep_due")
def sweep_due() -> int:
    """Fire the alarms of clocks that are running out."""
    return sweeps.sweep(at=timezone.now())
