"""``GET /health/`` tells which part is broken, to anybody, and nothing else."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError
from django.utils import timezone

from cases import disk as rooms
from cases.disk import GB
from cases.models import Duty
from config import health
from tests.cast import wang_says

pytestmark = pytest.mark.django_db


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
    assert json.loads(answer.content) == {
        "status": "ok",
        "database": "ok",
        "search": "ok",
        "queue": "ok",
        "disk": "ok",
        "cases": 0,
    }
    assert "no-store" in answer["Cache-Control"]


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


@pytest.mark.parametrize("part", ["database", "search"])
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
    assert json.loads(answer.content)["cases"] == 1


def test_a_parked_duty_waits_for_a_person_and_is_no_fault(client, duty):
    Duty.objects.update(parked=True)
    assert client.get("/health/").status_code == 200


def test_a_young_duty_is_no_fault(client, duty):
    Duty.objects.update(created_at=timezone.now() - timedelta(minutes=4))
    assert client.get("/health/").status_code == 200
