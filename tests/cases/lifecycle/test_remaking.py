"""Making texts of before keeps nobody else waiting, waits for others, and tells how far it is."""

import io
import sqlite3
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from cases.lifecycle import remaking
from cases.management.commands import make_handling_texts as command
from cases.models import Petitioner
from cases.secrecy import handling
from tests.cases.secrecy.test_handling import NOON, TOLD, as_before
from tests.cast import wang_says
from tests.config.outages import write_to_a_full_disk

pytestmark = pytest.mark.django_db


class Clock:
    """Time that passes only where somebody sleeps or ``pass_by`` is called."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def monotonic(self):
        """Seconds."""
        return self.now

    def sleep(self, seconds):
        """Let them pass, and note it."""
        self.slept.append(seconds)
        self.now += seconds

    def pass_by(self, seconds):
        """Something takes so long."""
        self.now += seconds


@pytest.fixture(autouse=True)
def _fresh_worker(monkeypatch):
    monkeypatch.setattr(remaking, "_failed", {})


@pytest.fixture
def clock(monkeypatch):
    own = Clock()
    monkeypatch.setattr(remaking, "time", own)
    monkeypatch.setattr(command, "time", own)
    return own


@pytest.fixture
def cases(cast):
    return [as_before(wang_says(cast, content=TOLD, key=str(n))) for n in range(3)]


@pytest.fixture
def stumbles(monkeypatch):
    """Let making one case fail before so many are made: ``stumbles(times, after, act)``."""
    real = remaking._make_one

    def so_often(times, act, after=0):
        calls = []

        def make_one(pk, at):
            calls.append(pk)
            if after < len(calls) <= after + times:
                act()
            real(pk, at)

        monkeypatch.setattr(remaking, "_make_one", make_one)

    return so_often


def locked():
    """Fail as Django does when another process holds SQLite's lock for too long."""
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError("database is locked") from error


@pytest.mark.parametrize(("takes", "breath"), [(0.0, 0.05), (0.01, 0.05), (0.4, 0.4)])
def test_on_sqlite_others_may_write_between_two_cases(cases, clock, monkeypatch, takes, breath):
    real = handling.make
    monkeypatch.setattr(remaking, "connection", SimpleNamespace(vendor="sqlite"))
    monkeypatch.setattr(remaking, "make", lambda *told: (clock.pass_by(takes), real(*told)))
    assert list(remaking.make_unmade(NOON)) == [True] * 3
    assert clock.slept == [pytest.approx(breath)] * 3


def test_a_case_that_fails_held_the_lock_too(cases, clock, monkeypatch):
    monkeypatch.setattr(remaking, "connection", SimpleNamespace(vendor="sqlite"))
    Petitioner.objects.update(name_sealed="broken")
    assert list(remaking.make_unmade(NOON)) == [False] * 3
    assert clock.slept == [0.05] * 3


def test_one_that_another_process_made_meanwhile_is_left_as_it_is(cases, clock, monkeypatch):
    made = []
    monkeypatch.setattr(remaking, "make", lambda *told: made.append(told))
    monkeypatch.setattr(remaking, "connection", SimpleNamespace(vendor="sqlite"))
    type(cases[0]).objects.filter(pk=cases[0].pk).update(handled_at=NOON)
    remaking._make_one(cases[0].pk, NOON)
    assert made == []
    assert clock.slept == [0.05]


def test_who_never_held_the_lock_need_not_wait(cases, clock, monkeypatch):
    monkeypatch.setattr(remaking.transaction, "atomic", locked)
    with pytest.raises(OperationalError):
        remaking._make_one(cases[0].pk, NOON)
    assert clock.slept == []


def test_postgresql_needs_no_breath(cases, clock, monkeypatch):
    monkeypatch.setattr(remaking, "connection", SimpleNamespace(vendor="postgresql"))
    assert list(remaking.make_unmade(NOON)) == [True] * 3
    assert clock.slept == []


def test_a_lock_that_others_hold_is_waited_for(cases, clock, stumbles, capsys):
    stumbles(2, locked, after=1)
    call_command("make_handling_texts")
    assert not remaking.unmade().exists()
    assert "3 件" in capsys.readouterr().out.splitlines()[-1]
    assert clock.slept.count(command.PAUSE) == 2


def test_a_case_that_failed_before_a_lock_is_counted_once(cases, clock, stumbles):
    Petitioner.objects.filter(pk=cases[-1].petitioner_id).update(name_sealed="broken")
    stumbles(1, locked, after=1)
    with pytest.raises(CommandError, match="1 件"):
        call_command("make_handling_texts")
    assert list(remaking.unmade()) == [cases[-1]]


def test_a_lock_that_stays_ends_it_with_a_sentence(cases, clock, stumbles):
    stumbles(10**6, locked, after=1)
    with pytest.raises(CommandError, match=r"数据库.*已处理的 1 件") as told:
        call_command("make_handling_texts")
    assert "再运行一次" in str(told.value)
    assert remaking.unmade().count() == 2
    assert command.PATIENCE < clock.now < 2 * command.PATIENCE


def test_a_full_disk_ends_it_at_once(cases, clock, stumbles):
    stumbles(1, write_to_a_full_disk, after=2)
    with pytest.raises(CommandError, match=r"磁盘已满.*2 件"):
        call_command("make_handling_texts")
    assert command.PAUSE not in clock.slept


def test_a_mistake_is_no_outage(cases, clock, monkeypatch):
    def mistaken(*_told, **_words):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")

    monkeypatch.setattr(remaking, "make_unmade", mistaken)
    with pytest.raises(OperationalError if connection.vendor == "sqlite" else Exception):
        call_command("make_handling_texts")


def test_into_a_file_it_tells_how_far_it_is(cases, clock, monkeypatch):
    monkeypatch.setattr(command, "EVERY", 2)
    seen = io.StringIO()
    call_command("make_handling_texts", stdout=seen, stderr=io.StringIO())
    first, middle, last = seen.getvalue().splitlines()
    assert "3" in first
    assert "2" in middle
    assert "3" in middle
    assert "3" in last


class Terminal(io.StringIO):
    """Somebody looks at it."""

    def isatty(self):
        """Nothing less."""
        return True


def test_on_a_terminal_the_bar_is_enough(cases, clock, monkeypatch):
    monkeypatch.setattr(command, "EVERY", 2)
    seen, bar = Terminal(), Terminal()
    call_command("make_handling_texts", stdout=seen, stderr=bar)
    assert len(seen.getvalue().splitlines()) == 1
    assert "3/3" in bar.getvalue()
