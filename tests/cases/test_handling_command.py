"""Making texts of before keeps nobody else waiting."""

from types import SimpleNamespace

import pytest

from cases import handling
from cases.models import Petitioner
from tests.cases.test_handling import NOON, TOLD, as_before
from tests.cast import wang_says

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
    monkeypatch.setattr(handling, "_failed", {})


@pytest.fixture
def clock(monkeypatch):
    own = Clock()
    monkeypatch.setattr(handling, "time", own)
    return own


@pytest.fixture
def cases(cast):
    return [as_before(wang_says(cast, content=TOLD, key=str(n))) for n in range(3)]


@pytest.mark.parametrize(("takes", "breath"), [(0.0, 0.05), (0.01, 0.05), (0.4, 0.4)])
def test_on_sqlite_others_may_write_between_two_cases(cases, clock, monkeypatch, takes, breath):
    real = handling.make
    monkeypatch.setattr(handling, "connection", SimpleNamespace(vendor="sqlite"))
    monkeypatch.setattr(handling, "make", lambda *told: (clock.pass_by(takes), real(*told)))
    assert list(handling.make_unmade(NOON)) == [True] * 3
    assert clock.slept == [pytest.approx(breath)] * 3


def test_a_case_that_fails_held_the_lock_too(cases, clock, monkeypatch):
    monkeypatch.setattr(handling, "connection", SimpleNamespace(vendor="sqlite"))
    Petitioner.objects.update(name_sealed="broken")
    assert list(handling.make_unmade(NOON)) == [False] * 3
    assert clock.slept == [0.05] * 3


def test_postgresql_needs_no_breath(cases, clock, monkeypatch):
    monkeypatch.setattr(handling, "connection", SimpleNamespace(vendor="postgresql"))
    assert list(handling.make_unmade(NOON)) == [True] * 3
    assert clock.slept == []
