"""The outbox: what each event owes to its consumers, leased, retried, never lost (ADR 0003).

A consumer registers with ``@consumer(name, ...)`` in its app's ``ready()``. Duties are rows written with
the event; ``drain`` leases some, hands each to its consumer in a transaction of its own and deletes it
there, so that the effect and the end of the duty are one. What fails is tried again later and after
``MAX_ATTEMPTS`` parked with its reason; the rest goes on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from cases.models.duty import Duty

MAX_ATTEMPTS = 8
LEASE = timedelta(seconds=60)
KILLED = "the worker died at it every time"
log = structlog.get_logger("outbox")


@dataclass(frozen=True)
class Consumer:
    """Somebody who must learn of events. ``kinds`` empty: all; ``per_case``: newest state suffices."""

    name: str
    handle: Callable[[Duty], None]
    kinds: frozenset[str]
    per_case: bool


CONSUMERS: dict[str, Consumer] = {}


def consumer(
    name: str, *, per: str = "event", kinds: Iterable[str] = ()
) -> Callable[[Callable[[Duty], None]], Callable[[Duty], None]]:
    """Register a function as consumer. ``per="case"``: several duties of a case are served by one call.

    The function gets a ``Duty`` (``duty.case_id``, ``duty.event_id``) and must be safe to run twice.
    """

    def keep(handle: Callable[[Duty], None]) -> Callable[[Duty], None]:
        CONSUMERS[name] = Consumer(name, handle, frozenset(kinds), per == "case")
        return handle

    return keep


def owe(events: Iterable[Any]) -> None:
    """Write the duties of fresh events; called inside the step's transaction."""
    now = timezone.now()  # since when it is owed: an act may be dated earlier (imports)
    Duty.objects.bulk_create(
        Duty(
            consumer=one.name,
            case_id=event.case_id,
            event_id=event.pk,
            created_at=now,
            next_try_at=event.at,
        )
        for event in events
        for one in CONSUMERS.values()
        if not one.kinds or event.kind in one.kinds
    )


def drain(at: datetime, *, limit: int = 200) -> int:
    """Serve up to ``limit`` duties that are due; returns how many were served or retried."""
    served = 0
    done: set[tuple[str, int]] = set()
    for duty in _lease(at, limit):
        served += 1
        one = CONSUMERS.get(duty.consumer)
        if one is None:
            _postpone(duty, at, f"no consumer named {duty.consumer}")
        elif one.per_case and (one.name, duty.case_id) in done:
            Duty.objects.filter(pk=duty.pk).delete()
        elif _serve(one, duty, at):
            done.add((one.name, duty.case_id))
    return served


def _lease(at: datetime, limit: int) -> list[Duty]:
    free = Q(leased_until=None) | Q(leased_until__lt=at)
    with transaction.atomic():
        rows = Duty.objects.filter(free, parked=False, next_try_at__lte=at).order_by(
            "next_try_at", "pk"
        )
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        worn = rows.filter(attempts__gte=MAX_ATTEMPTS).values_list("pk", flat=True)[:limit]
        Duty.objects.filter(pk__in=list(worn)).update(parked=True, error=KILLED)
        found = list(rows[:limit])
        Duty.objects.filter(pk__in=[duty.pk for duty in found]).update(
            leased_until=at + LEASE, attempts=F("attempts") + 1
        )
    return found


def _serve(one: Consumer, duty: Duty, at: datetime) -> bool:
    try:
        with transaction.atomic():
            one.handle(duty)
            Duty.objects.filter(pk=duty.pk).delete()
    except Exception as error:
        log.exception("duty failed", consumer=one.name, duty=duty.pk)
        _postpone(duty, at, f"{type(error).__name__}: {error}")
        return False
    return True


def _postpone(duty: Duty, at: datetime, reason: str) -> None:
    attempts = duty.attempts + 1
    Duty.objects.filter(pk=duty.pk).update(
        leased_until=None,
        error=reason[:2000],
        parked=attempts >= MAX_ATTEMPTS,
        next_try_at=at + timedelta(seconds=min(2**attempts, 3600)),
    )
