"""Write one event of a case and what it owes to others, inside the step's own transaction."""

from datetime import datetime
from typing import Any

from cases.chain import link
from cases.models.event import Event
from cases.outbox import owe
from cases.privacy.keyring import CHAIN
from cases.privacy.keys import newest


def record(
    case: Any,
    kind: str,
    *,
    by: Any,
    at: datetime,
    before: str = "",
    task: Any = None,
    task_before: str = "",
    payload: dict[str, Any] | None = None,
) -> Event:
    """Append an event to the case's chain; moves ``case.version`` and ``event_head`` (not saved).

    The caller holds the lock on the case's row and saves the case afterwards, or has just inserted it.
    """
    event = Event(
        case=case,
        assignment=task,
        seq=case.version + 1,
        kind=kind,
        at=at,
        actor_kind=getattr(by, "kind", "staff"),
        actor_id=by.pk,
        actor_name=by.name,
        unit_name=by.unit_name,
        from_state=before,
        to_state=case.state,
        task_from=task_before,
        task_to=task.state if task else "",
        payload=payload or {},
    )
    event.hash = link(newest(CHAIN).raw, case.event_head, event.facts(case.number))
    case.version, case.event_head = event.seq, event.hash
    return event


def keep(case: Any, *events: Event) -> None:
    """Insert the events of a step and enqueue what they owe; the case's row is already saved."""
    for event in events:
        event.case_id = case.pk
        event.save(force_insert=True)
    owe(events)
