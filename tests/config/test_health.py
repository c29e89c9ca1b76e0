"""``GET /health/`` tells which part is broken, to anybody, and nothing else."""

import json
import sqlite3
import time
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.machine import disk as rooms
from cases.machine import processes
from cases.machine.disk import GB
from cases.machine.processes import DOWN, RUNNING, Process
from cases.models import Alarm, Duty
from cases.system import pulse
from config import health
from config.backup.state import BackupState
from tests.cast import wang_says
from tests.config.conftest import cannot_be_written
from tests.desk.stages import dispatched

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_work(db):
    pulse.beat("outbox", timezone.now())


def asked(client, which=""):
    answer = client.get(f"/health/{which}")
    return answer.status_code, json.loads(answer.content)


@pytest.fixture(autouse=True)
def disk(monkeypatch):
    """A disk with much room; say how many bytes are free to change that."""

    def has(free):
        found = SimpleNamespace(free=free, total=1000 * GB)
        monkeypatch.setattr(rooms.shutil, "disk_usage", lambda _path: found)

    has(900 * GB)
    return has


def test_all_is_well(client):
    answer = client.get("/health/")
    assert answer.status_code == 200
    body = json.loads(answer.content)
    assert body.pop("work_seen")
    assert body == {
        "status": "ok",
        "database": "ok",
        "search": "ok",
        "work": "ok",
        "queue": "ok",
        "clocks": "ok",
        "late": {},
        "disk": "ok",
        "backup": "off",
        "cases": "ok",
    }
    assert "no-store" in answer["Cache-Control"]


def test_work_that_nobody_does_is_told_within_a_minute(client):
    pulse.forget()
    pulse.beat("outbox", timezone.now() - health.STILL)
    status, body = asked(client)
    assert (status, body["status"], body["work"]) == (503, "broken", "broken")
    assert asked(client, "ready/") == (200, {"status": "ready"})  # citizens are not turned away


def test_a_pulse_from_before_the_clock_was_set_back_counts_no_more(client):
    pulse.forget()
    pulse.beat("outbox", timezone.now() + timedelta(hours=1))
    assert asked(client)[1]["work"] == "broken"


def test_clocks_that_ran_out_unseen_are_counted_with_the_oldest(client, cast):
    dispatched(cast, assisting=False)
    pending = Alarm.objects.filter(fired_at=None)
    oldest = timezone.now() - timedelta(hours=2)
    pending.update(at=oldest)
    status, body = asked(client)
    assert (status, body["clocks"]) == (503, "broken")
    assert body["late"]["clocks"] == {"waiting": pending.count(), "since": oldest.isoformat()}


def test_a_process_that_is_down_is_named_at_once(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    since = timezone.now()
    processes.tell([Process("web", RUNNING, since), Process("work", DOWN, since, starts=4)])
    status, body = asked(client)
    assert (status, body["processes"]) == (503, "broken")
    assert body["process"]["work"] == {"state": "down", "since": since.isoformat(), "starts": 4}
    processes.tell([Process("web", RUNNING, since), Process("work", RUNNING, since, starts=5)])
    assert asked(client)[0] == 200


def test_processes_are_told_while_the_database_is_away(client, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    processes.tell([Process("work", DOWN, timezone.now())])
    monkeypatch.setattr(health, "work", _fail)
    assert asked(client)[1]["process"]["work"]["state"] == "down"


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", '{"supervisor": 1, "born": "x"}', '{"supervisor": "x"}']
)
def test_a_broken_file_of_the_supervisor_says_nothing(client, settings, tmp_path, broken):
    settings.DATA_DIR = tmp_path
    (tmp_path / "family.json").write_text(broken)
    status, body = asked(client)
    assert status == 200
    assert "process" not in body


def test_what_a_silent_supervisor_said_is_no_longer_known(client, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    processes.tell([Process("work", RUNNING, timezone.now())])
    assert asked(client)[1]["process"]["work"]["state"] == "running"
    real = processes.time.monotonic
    monkeypatch.setattr(processes.time, "monotonic", lambda: real() + processes.SILENT + 1)
    status, body = asked(client)
    assert (status, body["processes"], body["process"]["work"]["state"]) == (
        503,
        "broken",
        "unknown",
    )


def test_what_the_supervisor_says_needs_no_new_room_on_the_disk(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    processes.tell([Process("web", RUNNING, timezone.now())])
    before = (tmp_path / "family.json").stat()
    processes.tell(
        [Process(name, DOWN, timezone.now()) for name in ("web", "web 2", "work", "longer")]
    )
    after = (tmp_path / "family.json").stat()
    assert (after.st_ino, after.st_size) == (before.st_ino, before.st_size)
    assert [one.name for one in processes.told()] == ["web", "web 2", "work", "longer"]


def test_a_folder_in_the_place_of_its_file_is_put_aside(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "family.json").mkdir()
    processes.tell([Process("web", RUNNING, timezone.now())])
    assert [one.name for one in processes.told()] == ["web"]


def test_what_a_dead_supervisor_said_counts_no_more(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    processes.tell([Process("work", DOWN, timezone.now())])
    path = tmp_path / "family.json"
    path.write_text(path.read_text().replace('"born": "', '"born": "1'))
    assert processes.told() == []


@pytest.mark.parametrize(
    ("word", "status"), [("ok", "ok"), ("off", "ok"), ("old", "degraded"), ("failed", "degraded")]
)
def test_a_backup_that_is_not_made_is_told_and_turns_nobody_away(client, monkeypatch, word, status):
    monkeypatch.setattr(health, "backup_state", lambda _at: BackupState(word))
    code, body = asked(client)
    assert (code, body["status"], body["backup"]) == (200, status, word)


def test_alive_asks_nothing_and_ready_asks_the_database(client, monkeypatch):
    with CaptureQueriesContext(connection) as asked_for:
        assert asked(client, "alive/") == (200, {"status": "alive"})
    assert len(asked_for) == 0
    monkeypatch.setattr(health, "database", _fail)
    assert asked(client, "ready/") == (503, {"status": "not ready"})
    assert asked(client, "alive/")[0] == 200


def _fail(*_anything):
    raise DatabaseError("password=secret")


@pytest.mark.parametrize(
    ("free", "word", "status"),
    [(5 * GB, "low", 200), (GB // 2, "low", 200), (50 * 2**20, "full", 503), (0, "full", 503)],
)
def test_a_disk_that_takes_nothing_breaks_it(client, disk, free, word, status):
    disk(free)
    answer = client.get("/health/")
    said = "broken" if status == 503 else "ok"
    assert (answer.status_code, answer.json()["disk"]) == (status, word)
    assert answer.json()["status"] == said


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's refusals")
def test_a_database_that_cannot_be_written_breaks_it(client):
    with cannot_be_written():
        status, body = asked(client)
    assert (status, body["status"], body["disk"]) == (503, "broken", "read_only")
    assert asked(client)[1]["disk"] == "ok"


def test_a_folder_that_cannot_be_written_breaks_it(client, monkeypatch):
    monkeypatch.setattr(rooms.os, "access", lambda path, _how: path != rooms.settings.DATA_DIR)
    status, body = asked(client)
    assert (status, body["disk"]) == (503, "read_only")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's lock")
def test_a_lock_that_somebody_holds_is_not_waited_for(tmp_path, monkeypatch):
    path = tmp_path / "one.sqlite3"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("CREATE TABLE django_session (x)")
    holder.execute("BEGIN IMMEDIATE")
    other = sqlite3.connect(path, isolation_level=None, timeout=20)
    monkeypatch.setattr(health, "connection", _Wrapped(other))
    begun = time.monotonic()
    assert health.takes_writing()
    assert time.monotonic() - begun < 5
    assert other.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
    other.close()
    holder.close()


class _Wrapped:
    """A connection of SQLite that raises Django's errors."""

    vendor = "sqlite"

    def __init__(self, raw):
        self.raw = raw

    @contextmanager
    def cursor(self):
        yield self

    def execute(self, sql):
        try:
            self.found = self.raw.execute(sql)
        except sqlite3.OperationalError as error:
            raise OperationalError(str(error)) from error

    def fetchone(self):
        return self.found.fetchone()


@pytest.mark.parametrize("part", ["database", "search", "cases"])
def test_a_part_that_fails_is_named_and_its_reason_is_kept_back(client, monkeypatch, part):
    def fail():
        raise DatabaseError("password=secret")

    monkeypatch.setattr(health, part, fail)
    answer = client.get("/health/")
    body = json.loads(answer.content)
    assert (answer.status_code, body["status"], body[part]) == (503, "broken", "broken")
    assert b"secret" not in answer.content


def test_only_reading_is_answered(client):
    assert client.post("/health/").status_code == 405


@pytest.fixture
def duty(cast):
    """Return a duty that has waited for six minutes."""
    case = wang_says(cast)
    Duty.objects.all().delete()
    since = timezone.now() - timedelta(minutes=6)
    event = case.events.first()
    return Duty.objects.create(
        consumer="index", case=case, event=event, created_at=since, next_try_at=since
    )


def test_a_duty_nobody_works_off_breaks_the_queue(client, duty):
    answer = client.get("/health/")
    assert (answer.status_code, json.loads(answer.content)["queue"]) == (503, "broken")


def test_a_parked_duty_waits_for_a_person_and_is_no_fault(client, duty):
    Duty.objects.update(parked=True)
    assert client.get("/health/").status_code == 200


def test_a_young_duty_is_no_fault(client, duty):
    Duty.objects.update(created_at=timezone.now() - timedelta(minutes=4))
    assert client.get("/health/").status_code == 200
