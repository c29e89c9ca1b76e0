"""Background work: thin tasks that take no data, call one verb and may run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from cases.events import outbox
from cases.files import reading, storage
from cases.lifecycle import provisional, remaking, sweeping
from cases.system import planner, pulse

BATCH = 200
ALARMS = 30  # fired at a time: a day's end with a thousand of them keeps nothing else waiting
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
    """Fire some of the alarms of clocks that are running out, the oldest first."""
    return sweeping.sweep(at=timezone.now(), limit=ALARMS)


@shared_task(name="cases.recount_provisional")
def recount_provisional() -> int:
    """Count what was provisional again once the calendar of its year has come."""
    return provisional.recount(at=timezone.now())


@shared_task(name="cases.read_files")
def read_files() -> int:
    """Read files that wait, one after the other, for seconds; a bad one may take ten by itself."""
    if not reading.waiting():  # asking for a lease takes SQLite's write lock
        return 0
    until, read = timezone.now() + AT_MOST, 0
    for _ in reading.read_waiting(timezone.now()):
        pulse.beat("files", timezone.now())
        read += 1
        if timezone.now() >= until:
            break
    return read


@shared_task(name="cases.make_handling_texts")
def make_handling_texts() -> int:
    """Make the texts of cases of before, for seconds at a time; none is left once all are made."""
    until, made = timezone.now() + AT_MOST, 0
    for is_made in remaking.make_unmade(timezone.now(), is_patient=True):
        made += is_made
        if timezone.now() >= until:
            break
    return made


@shared_task(name="cases.clear_pending")
def clear_pending() -> int:
    """Remove files whose row never came."""
    return storage.clear_pending(at=timezone.now())


@shared_task(name="cases.learn_tables")
def learn_tables() -> bool:
    """Let SQLite know how its tables are filled by now."""
    return planner.learn()
