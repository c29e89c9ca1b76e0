"""Background work: thin tasks that take no data, call one verb and may run twice."""

from datetime import timedelta
from threading import Lock, Thread
from typing import Any

import structlog
from celery import shared_task
from django.db import connection
from django.utils import timezone

from cases import file_reading, outbox, pulse, sweeps

BATCH = 200
AT_MOST = timedelta(seconds=5)  # then the sweeps have their turn
_reading = Lock()
log = structlog.get_logger("files")


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


@shared_task(name="cases.read_files", bind=True)
def read_files(self: Any) -> bool:
    """Read files that wait, beside the other work: a bad one may take ten seconds, the outbox may not.

    One at a time in each worker; whether there is anything to do is asked first.
    """
    if not file_reading.waiting():
        return False
    if self.request.is_eager:  # no worker that has other work
        _read_all()
        return True
    if not _reading.acquire(blocking=False):
        return False
    Thread(target=_read_beside, name="read files", daemon=True).start()
    return True


def _read_all() -> None:
    for _ in file_reading.read_waiting(timezone.now()):
        pulse.beat("files", timezone.now())


def _read_beside() -> None:
    try:
        _read_all()
    except Exception:  # nobody waits for this thread; what is leased is read again
        log.exception("reading files stopped")
    finally:
        connection.close()
        _reading.release()
