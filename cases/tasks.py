"""Background work: thin tasks that take no data, call one verb and may run twice."""

from celery import shared_task
from django.utils import timezone

from cases import outbox, sweeps


@shared_task(name="cases.drain_outbox")
def drain_outbox() -> int:
    """Serve what events owe to index, notices and others."""
    return outbox.drain(at=timezone.now())


@shared_task(name="cases.sweep_due")
def sweep_due() -> int:
    """Fire the alarms of clocks that are running out."""
    return sweeps.sweep(at=timezone.now())
