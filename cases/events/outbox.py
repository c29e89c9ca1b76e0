"""The outbox: what each event owes to its consumers, leased, retried, never lost (ADR 0003).

A consumer registers with ``@consumer(name, ...)`` in its app's ``ready()``. Duties are rows written with
the event; ``drain`` leases some, hands each to its consumer in a transaction of its own and deletes it
there, so that the effect and the end of the duty are one. What fails is tried again later and after
``MAX_ATTEMPTS`` parked with its reason; the rest goes on.

A consumer whose effect lies outside the database (``outside=True``) is handed many duties at once and
without a transaction. When its server is away it raises ``Away``: that is nobody's fault, so no try is
counted, nothing is parked, and this process leaves its duties alone for ``AWAY_PAUSE``. The same holds for
an outage (``cases.machine.outage``): the drain ends with its error, and the next one gives back what was
leased.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.events.lease import Lease, put_down, taking
from cases.events.models.duty import Duty
from cases.events.models.event import Event
from cases.machine import outage

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case

MAX_ATTEMPTS = 8
LEASE = Lease(Duty, left=Q(parked=False), lasts=timedelta(seconds=60))
AWAY_PAUSE = timedelta(seconds=10)
LATE = timedelta(minutes=5)  # a duty still waiting after this means that nobody works it off
KILLED = "the worker died at it every time"
log = structlog.get_logger("outbox")
Handling = Callable[..., None]  # of a duty, or of a list of them: see ``Consumer``
H = TypeVar("H", bound=Handling)


class Away(Exception):  # noqa: N818 - a state of affairs, not a mistake
    """Raised by a consumer whose server cannot be reached: the duty waits and is not at fault."""


def always() -> bool:
    """Say that a consumer is in use."""
    return True


@dataclass(frozen=True)
class Consumer:
    """Somebody who must learn of events. ``kinds`` empty: all; ``per_case``: newest state suffices.

    ``with_files``: what it makes of a case holds the text of its files. Nothing is owed to a consumer
    that is not in use. ``handle`` gets a duty, or a list of them when the effect lies ``outside`` the
    database.
    """

    name: str
    handle: Handling
    kinds: frozenset[str]
    per_case: bool
    outside: bool = False
    in_use: Callable[[], bool] = always
    with_files: bool = False


CONSUMERS: dict[str, Consumer] = {}
_away: dict[str, datetime] = {}  # consumer → when this process tries it again


def consumer(
    name: str,
    *,
    per: str = "event",
    kinds: Iterable[str] = (),
    outside: bool = False,
    in_use: Callable[[], bool] = always,
    with_files: bool = False,
) -> Callable[[H], H]:
    """Register a function as consumer. ``per="case"``: several duties of a case are served by one call.

    The function gets a ``Duty`` (``duty.case_id``, ``duty.event_id``), with ``outside=True`` a list of
    them, and must be safe to run twice.
    """

    def keep(handle: H) -> H:
        CONSUMERS[name] = Consumer(
            name,
            handle,
            frozenset(kinds),
            per == "case",
            outside=outside,
            in_use=in_use,
            with_files=with_files,
        )
        return handle

    return keep


def forget_absences() -> None:
    """Try every consumer again at once (tests; a server known to be back)."""
    _away.clear()


def owe(events: Iterable[Event]) -> None:
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
        if (not one.kinds or event.kind in one.kinds) and one.in_use()
    )


def owe_files(case: "Case") -> None:
    """Write what is owed because a file of the case was read: no event, its newest one stands for it.

    Called inside the transaction that keeps the text.
    """
    now = timezone.now()
    event = case.events.filter(seq=case.version).values_list("pk", flat=True).first()
    if event is None:  # restored without its history: rebuild_index reaches it
        return
    Duty.objects.bulk_create(
        Duty(consumer=one.name, case=case, event_id=event, created_at=now, next_try_at=now)
        for one in CONSUMERS.values()
        if one.with_files and one.in_use()
    )


def drain(at: datetime, *, limit: int = 200) -> int:
    """Serve up to ``limit`` duties that are due; returns how many were served or retried.

    Raises when the database goes away or a disk is full; that counts as a try of no duty.
    """
    duties = _take(at, limit)
    with LEASE.gives_back(duties, at):
        return _serve_all(duties, at)


def _serve_all(duties: list[Duty], at: datetime) -> int:
    served = 0
    done: set[tuple[str, int]] = set()
    outside: dict[str, list[Duty]] = {}
    for duty in duties:
        served += 1
        one = CONSUMERS.get(duty.consumer)
        if one is None:
            _postpone(duty, at, f"no consumer named {duty.consumer}")
        elif not one.in_use():
            Duty.objects.filter(pk=duty.pk).delete()
        elif one.outside:
            outside.setdefault(one.name, []).append(duty)
        elif one.per_case and (one.name, duty.case_id) in done:
            Duty.objects.filter(pk=duty.pk).delete()
        elif _serve(one, duty, at):
            done.add((one.name, duty.case_id))
    for name, owed in outside.items():
        _serve_outside(CONSUMERS[name], owed, at)
    return served


def _take(at: datetime, limit: int) -> list[Duty]:
    left_alone = [name for name, until in _away.items() if until > at]
    due = LEASE.rows().filter(next_try_at__lte=at).order_by("next_try_at", "pk")
    if left_alone:
        due = due.exclude(consumer__in=left_alone)
    with taking():
        rows = LEASE.free(due, at)
        worn = rows.filter(attempts__gte=MAX_ATTEMPTS).values_list("pk", flat=True)[:limit]
        Duty.objects.filter(pk__in=list(worn)).update(parked=True, error=KILLED)
        found = list(rows[:limit])
        LEASE.take(found, at)
    if not found:
        _mind_a_clock_set_back(at)
    return found


def _mind_a_clock_set_back(at: datetime) -> None:
    """Serve at once what was owed before the clock was set back: nothing is owed for the future."""
    later = at + LEASE.lasts
    LEASE.rows().filter(attempts=0, created_at__gt=later, next_try_at__gt=later).update(
        next_try_at=at
    )


def _serve(one: Consumer, duty: Duty, at: datetime) -> bool:
    try:
        with transaction.atomic():
            # Ended first: whoever leased it, too, when this lease ran out, waits here and finds it gone.
            ended, _each = Duty.objects.filter(pk=duty.pk).delete()
            if ended:
                one.handle(duty)
    except Exception as error:
        if outage.outage_of(error):
            raise
        log.exception("duty failed", consumer=one.name, duty=duty.pk)
        _postpone(duty, at, f"{type(error).__name__}: {error}")
        return False
    return True


def _serve_outside(one: Consumer, duties: list[Duty], at: datetime) -> None:
    """Serve many at once; when that fails for another reason than absence, one by one."""
    try:
        one.handle(duties)
    except Away as away:
        log.info("consumer away", consumer=one.name, reason=str(away))
        _away[one.name] = at + AWAY_PAUSE
        LEASE.give_back(duties, at, error=f"{away}"[:2000])
    except Exception as error:
        if outage.outage_of(error):
            raise
        if len(duties) > 1:
            for duty in duties:
                _serve_outside(one, [duty], at)
            return
        log.exception("duty failed", consumer=one.name, duty=duties[0].pk)
        _postpone(duties[0], at, f"{type(error).__name__}: {error}")
    else:
        _away.pop(one.name, None)
        Duty.objects.filter(pk__in=[duty.pk for duty in duties]).delete()


def _postpone(duty: Duty, at: datetime, reason: str) -> None:
    put_down(
        Duty.objects.filter(pk=duty.pk),
        error=reason[:2000],
        parked=duty.attempts >= MAX_ATTEMPTS,
        next_try_at=at + timedelta(seconds=min(2**duty.attempts, 3600)),
    )
