"""Set and clear the alarms of a task's clocks; the sweep fires them (``lifecycle.sweeping``)."""

from typing import TYPE_CHECKING

from cases.clocks.due import alarm_times
from cases.clocks.models.alarm import Alarm

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment


def set_alarms(task: "Assignment") -> None:
    """Replace the unfired alarms of a task by those that its due times ask for."""
    clear_alarms(task)
    rows = [
        Alarm(assignment=task, clock="unit", stage=stage, at=at)
        for stage, at in alarm_times(task.dispatched_at, task.due_at)
    ]
    if task.signed_at is None:
        rows.append(Alarm(assignment=task, clock="sign", stage="overdue", at=task.sign_due_at))
    if task.contact_required and task.contact_due_at and task.first_contact_at is None:
        rows.append(
            Alarm(assignment=task, clock="contact", stage="overdue", at=task.contact_due_at)
        )
    Alarm.objects.bulk_create(rows)


def clear_alarms(task: "Assignment", clock: str = "") -> None:
    """Drop alarms that have not fired: of one clock, or all."""
    pending = task.alarms.filter(fired_at=None)
    (pending.filter(clock=clock) if clock else pending).delete()
