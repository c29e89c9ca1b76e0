"""Handling texts of cases of before, made in the background, one at a time (`domain.md` §2.7).

Until a case's are made no unit sees it, no index holds it and no export tells its texts.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import Case as Chosen
from django.db.models import IntegerField, QuerySet, Value, When

from cases.events.outbox import owe_files
from cases.lifecycle.models.case import Case
from cases.machine import outage
from cases.people.kept import KeptAnswer
from cases.secrecy.handling import make
from cases.words import CaseState

PORTION = 200
AGAIN = timedelta(hours=1)
BREATH = 0.05  # seconds at least, see ``_let_others_write``
_failed: dict[int, datetime] = {}  # case → when the worker of this process tries it again
log = structlog.get_logger("handling")


def unmade() -> QuerySet[Case]:
    """Cases whose texts were not made yet: open ones first, the newest first."""
    is_open = Chosen(
        When(state__in=CaseState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return Case.objects.filter(handled_at__isnull=True).order_by(is_open, "-pk")


@KeptAnswer
def is_making() -> bool:
    """Whether texts of cases of before are still being made."""
    return bool(unmade().exists())


def make_unmade(at: datetime, *, is_patient: bool = False) -> Iterator[bool]:
    """Make them for one case after the other, each in a transaction of its own; gives whether it went well.

    May be stopped, run again and run twice at once. A case that cannot be made (its citizen's data do not
    open) is logged, stays hidden from units and keeps nobody waiting. ``is_patient``: one that failed in this
    process is tried again after an hour, not at each call. An outage is raised: what is made stays made.
    """
    failed = {pk for pk, again in _failed.items() if is_patient and again > at}
    while ids := list(unmade().exclude(pk__in=failed).values_list("pk", flat=True)[:PORTION]):
        for pk in ids:
            try:
                _make_one(pk, at)
            except Exception as error:
                if outage.outage_of(error):
                    raise
                log.exception("handling texts not made", case=pk)
                failed.add(pk)
                _failed[pk] = at + AGAIN
            yield pk not in failed


def _make_one(pk: int, at: datetime) -> None:
    held: float | None = None
    try:
        with transaction.atomic():
            held = time.monotonic()  # waiting for the lock kept nobody from it
            case = Case.objects.select_for_update().get(pk=pk)
            if case.handled_at is None:
                make(case, at)
                case.save(update_fields=["identity_sealed", "handled_at"])
                owe_files(case)
    finally:
        if held is not None:
            _let_others_write(time.monotonic() - held)


def _let_others_write(seconds: float) -> None:
    """Keep away from SQLite's write lock for as long as it was held, ``BREATH`` at least.

    Who waits for it looks only now and then (SQLite's ``sqliteDefaultBusyCallback``: every 100 ms in the
    end), so that one transaction after the other would keep everybody else out while there are cases.
    """
    if connection.vendor == "sqlite":
        time.sleep(max(seconds, BREATH))
