"""Tell people that clocks run out: due alarms fire once, in order, one bad row stopping nothing."""

from datetime import datetime

import structlog
from django.db import transaction

from cases.clocks.models.alarm import Alarm
from cases.events.recording import keep_events, record
from cases.lifecycle.of_case import lock
from cases.machine.outage import outage_of
from cases.people.person import SYSTEM

log = structlog.get_logger("sweep")
EVENTS = {"warn": "due_soon", "red": "due_very_soon", "overdue": "became_overdue"}


def sweep(at: datetime, *, limit: int = 500) -> int:
    """Fire the alarms that are due; safe to run twice, late, or by two workers. Returns how many.

    An alarm that fails is set aside with its error; an outage is no fault of an alarm and ends the sweep.
    """
    due = Alarm.objects.filter(fired_at=None, at__lte=at).order_by("at", "pk")
    fired = 0
    for alarm in due.select_related("assignment")[:limit]:
        try:
            fired += fire(alarm, at)
        except Exception as error:
            if outage_of(error):
                raise
            log.exception("alarm failed", alarm=alarm.pk)
            Alarm.objects.filter(pk=alarm.pk).update(fired_at=at, error=f"{error}"[:2000])
    return fired


def fire(alarm: Alarm, at: datetime) -> int:
    """Fire one alarm; 0 when another was first or the task is no longer open."""
    with transaction.atomic():
        task = lock(alarm.assignment)
        if not Alarm.objects.filter(pk=alarm.pk, fired_at=None).update(fired_at=at):
            return 0  # another worker was first
        if not task.is_open:
            return 0
        happened = record(
            task.case,
            f"{alarm.clock}_{EVENTS.get(alarm.stage, 'escalated')}",
            by=SYSTEM,
            at=at,
            before=task.case.state,
            task=task,
            task_before=task.state,
            payload={"clock": alarm.clock, "stage": alarm.stage, "was_due": alarm.at.isoformat()},
        )
        task.case.save(update_fields=["version", "event_head"])
        keep_events(task.case, happened)
    return 1
