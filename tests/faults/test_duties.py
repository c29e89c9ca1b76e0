"""The outbox and the sweep under faults: once each, and one bad row stops nothing."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from cases.events import outbox
from cases.events.outbox import CONSUMERS, Consumer, drain
from cases.lifecycle import sweeping
from cases.models import Alarm, Assignment, Duty, Event, Notice
from tests.cast import NOON, wang_says
from tests.desk.stages import dispatched, kinds
from tests.faults.racing import sized, together
from tests.structure.tree import ROOT

MUCH_LATER = timedelta(days=30)


@pytest.fixture
def probe(monkeypatch):
    """A consumer of our own; ``probe.seen`` lists the duties it served."""

    def handle(duty):
        if duty.pk in handle.poison:
            raise ValueError("坏数据")
        handle.seen.append(duty.pk)

    handle.seen, handle.poison = [], set()
    monkeypatch.setitem(CONSUMERS, "probe", Consumer("probe", handle, frozenset(), per_case=False))
    return handle


def owed(case, count):
    event = case.events.get(seq=1)
    Duty.objects.all().delete()
    rows = [
        Duty(consumer="probe", case=case, event=event, created_at=NOON, next_try_at=NOON)
        for _ in range(count)
    ]
    return Duty.objects.bulk_create(rows)


def test_a_poison_duty_is_parked_and_the_rest_is_served(cast, probe):
    duties = owed(wang_says(cast), 500)
    bad = duties[250].pk
    probe.poison.add(bad)
    at = NOON
    for _ in range(outbox.MAX_ATTEMPTS * 4):
        drain(at)
        at += timedelta(hours=2)
    assert sorted(probe.seen) == [duty.pk for duty in duties if duty.pk != bad]
    left = Duty.objects.get()
    assert (left.pk, left.parked, left.attempts) == (bad, True, outbox.MAX_ATTEMPTS)
    assert left.error == "ValueError: 坏数据"


def test_a_duty_of_nobody_is_parked_with_its_reason(cast):
    case = wang_says(cast)
    owed(case, 1)
    for n in range(outbox.MAX_ATTEMPTS):
        drain(NOON + n * timedelta(hours=2))
    left = Duty.objects.get()
    assert left.parked
    assert "probe" in left.error


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_serve_each_duty_once(cast, probe):
    duties = owed(wang_says(cast), sized(1000))

    def work():
        while drain(NOON, limit=20):
            pass

    assert together([work] * 4) == ["won"] * 4
    assert sorted(probe.seen) == [duty.pk for duty in duties]
    assert not Duty.objects.exists()


KILLED = """
import os, signal, sys
from datetime import datetime
from dataclasses import replace
import django
django.setup()
from cases.events.outbox import CONSUMERS, drain
one = CONSUMERS["notice"]
def handle(duty):
    one.handle(duty)
    os.kill(os.getpid(), signal.SIGKILL)
CONSUMERS["notice"] = replace(one, handle=handle)
drain(datetime.fromisoformat(sys.argv[1]))
"""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_the_effect_leaves_it_once(cast):
    case = dispatched(cast, assisting=False)
    Duty.objects.exclude(consumer="notice").delete()
    owed_before = Duty.objects.count()
    assert owed_before == 1
    at = NOON + timedelta(hours=1)
    for n in range(outbox.MAX_ATTEMPTS - 1):  # one more, and it is parked: see below
        assert killed_while_serving(at + n * timedelta(minutes=2))
        assert (Notice.objects.count(), Duty.objects.count()) == (0, owed_before)
    drain(at + timedelta(days=1))
    assert list(Notice.objects.values_list("case", "kind")) == [(case.pk, "dispatched")]
    assert not Duty.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_duty_that_kills_every_worker_is_parked(cast):
    dispatched(cast, assisting=False)
    Duty.objects.exclude(consumer="notice").delete()
    at = NOON + timedelta(hours=1)
    for n in range(outbox.MAX_ATTEMPTS):
        assert killed_while_serving(at + n * timedelta(minutes=2))
    assert not killed_while_serving(at + timedelta(days=1))
    left = Duty.objects.get()
    assert (left.parked, left.attempts) == (True, outbox.MAX_ATTEMPTS)
    assert not Notice.objects.exists()


def killed_while_serving(at) -> bool:
    """Whether a worker of its own that serves at ``at`` came to the duty, which kills it."""
    ended = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-c", KILLED, at.isoformat()], cwd=ROOT, env=own_database(), check=False
    )
    assert ended.returncode in {0, -signal.SIGKILL}
    return ended.returncode != 0


def own_database() -> dict[str, str]:
    """The environment of a process that works on the database of this test."""
    its = connection.settings_dict
    url = f"postgres://{its['USER']}:{its['PASSWORD']}@{its['HOST']}:{its['PORT']}/{its['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}


def fired():
    return Alarm.objects.exclude(fired_at=None).count()


def alarm_kinds():
    told = Event.objects.filter(actor_kind="system").values_list("case", "kind", "payload__stage")
    return sorted(told)


def test_a_late_sweep_and_a_second_one_fire_each_alarm_once(cast):
    case = dispatched(cast, assisting=False)
    count = Alarm.objects.count()
    assert sweeping.sweep(NOON + MUCH_LATER) == count
    before = alarm_kinds()
    assert sweeping.sweep(NOON + MUCH_LATER) == 0
    assert (fired(), alarm_kinds()) == (count, before)
    assert len(set(before)) == count
    assert "unit_became_overdue" in kinds(case)


def test_a_broken_row_stops_nothing(cast, monkeypatch):
    broken, sound = (dispatched(cast, assisting=False, key=key) for key in ("a", "b"))
    real = sweeping.lock

    def lock(task):
        if task.case_id == broken.pk:
            raise RuntimeError("zerbrochen")
        return real(task)

    monkeypatch.setattr(sweeping, "lock", lock)
    count = Alarm.objects.filter(assignment__case=sound).count()
    assert sweeping.sweep(NOON + MUCH_LATER) == count
    assert sweeping.sweep(NOON + MUCH_LATER) == 0
    assert set(Alarm.objects.filter(assignment__case=broken).values_list("error", flat=True)) == {
        "zerbrochen"
    }
    assert "unit_became_overdue" in kinds(sound)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_fire_each_alarm_once(cast):
    for i in range(sized(50)):
        dispatched(cast, key=f"form-{i}")
    count = Alarm.objects.count()
    sweep = partial(sweeping.sweep, NOON + MUCH_LATER, limit=count)
    assert together([sweep, sweep]) == ["won", "won"]
    told = alarm_kinds()
    assert (fired(), len(told)) == (count, count)
    per_task = Assignment.objects.count()
    assert Event.objects.filter(kind="unit_became_overdue").count() == per_task
