"""Many duties, two workers, kill -9 in between: each is done exactly once, on the file of one machine.

Each kill also frees the leases of the worker that lives, so both come to the same duties at once.
"""

import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.faults.office import Office
from tests.faults.racing import SCALE
from tests.structure.tree import ROOT

pytestmark = pytest.mark.services
DUTIES = 200_000 if SCALE >= 1 else 6_000
OWE = """
import sys
from datetime import timedelta
from django.utils import timezone
from cases.people.person import CITIZEN
from cases.models import Duty, Event
from cases.lifecycle.registering import IntakeData, register
now = timezone.now()
case = register(IntakeData(channel="web", title="路灯不亮", content="人民路路灯不亮。", contact_at=now),
    key="form", by=CITIZEN, at=now)
event = Event.objects.get()
Duty.objects.all().delete()
owed = dict(consumer="probe", case=event.case, event=event, created_at=now, next_try_at=now)
Duty.objects.bulk_create((Duty(**owed) for _ in range({count})), batch_size=1000)
"""
WORK = """
import time
import uuid
import django
django.setup()
from django.utils import timezone
from cases.models import Duty, IntakeKey
from cases.events.outbox import CONSUMERS, Consumer, drain

def handle(duty):
    key = f"served-{duty.pk}-{uuid.uuid4().hex[:12]}"  # a second time would not collide: it is counted
    IntakeKey.objects.create(key=key, digest="", case_id=duty.case_id, at=timezone.now())

CONSUMERS["probe"] = Consumer("probe", handle, frozenset(), per_case=False)
while Duty.objects.filter(parked=False).exists():
    if not drain(timezone.now()):
        time.sleep(0.2)
"""


def worker(office):
    return subprocess.Popen(  # noqa: S603 - our own lines
        [sys.executable, "-c", WORK], cwd=ROOT, env=office.environment
    )


def test_two_workers_killed_at_random_do_everything_once(tmp_path):
    office = Office(tmp_path / "data")
    prepared = office.manage("run", "--prepare-only")
    assert prepared.returncode == 0, prepared.stderr
    owed = office.manage("shell", "-v", "0", "-c", OWE.format(count=DUTIES))
    assert owed.returncode == 0, owed.stderr
    chance = random.Random(12345)  # noqa: S311 - the same choice in every run
    begun, kills = time.monotonic(), 0
    running = [worker(office), worker(office)]
    try:
        while any(one.poll() is None for one in running):
            if kills < (20 if SCALE >= 1 else 3) and served(office) > (kills + 1) * DUTIES // 25:
                victim = chance.randrange(2)
                if running[victim].poll() is None:
                    running[victim].send_signal(signal.SIGKILL)
                    running[victim].wait()
                    running[victim] = worker(office)
                    let_go(office)  # as the next worker of a machine does at its start
                    kills += 1
            time.sleep(0.1)
    finally:
        for one in running:
            one.kill()
            one.wait()
    took = time.monotonic() - begun
    sys.stderr.write(
        f"\n{DUTIES} duties, {kills} kills, {took:.0f} s, {DUTIES / took:.0f} a second\n"
    )
    assert kills == (20 if SCALE >= 1 else 3)
    assert [one.returncode for one in running] == [0, 0]
    assert served(office) == DUTIES
    assert office.query("SELECT count(*) FROM cases_duty") == [(0,)]


def served(office):
    return office.query("SELECT count(*) FROM cases_intakekey WHERE key LIKE 'served-%'")[0][0]


def let_go(office):
    """What the lease of duties lets go, at once."""
    line = sqlite3.connect(office.folder / "hotline.sqlite3", timeout=20)
    with line:
        line.execute("UPDATE cases_duty SET leased_until = NULL WHERE NOT parked")
    line.close()
