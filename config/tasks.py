"""Background work of the office as a whole: thin tasks that may run twice."""

from celery import shared_task
from django.utils import timezone

from config.backup import scheduled


@shared_task(name="config.back_up")
def back_up() -> bool:
    """Begin a backup when the last one is too old; it is made by a process of its own."""
    return scheduled.begin_if_due(at=timezone.now())
