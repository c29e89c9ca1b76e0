"""The rota of background work: fair, and outliving every failure."""

import threading

import pytest

from config import ticking
from config.family.bond import Signs
from config.schedule import LONG, QUICK, SCHEDULE
from config.ticking import Turn, tick, turns


class Clock:
    """Time that passes only when somebody waits or works."""

    def __init__(self, monkeypatch, ends):
        self.now, self.ends, self.stop = 0.0, ends, threading.Event()
        self.stop.wait = self.wait
        monkeypatch.setattr(ticking.time, "monotonic", lambda: self.now)

    def wait(self, seconds):
        """Let time pass."""
        self.now += seconds
        if self.now >= self.ends:
            self.stop.set()


@pytest.fixture
def told(monkeypatch):
    said = []
    monkeypatch.setattr(ticking.log, "error", lambda words, **facts: said.append((words, facts)))
    monkeypatch.setattr(ticking.log, "info", lambda words, **facts: said.append((words, facts)))
    monkeypatch.setattr(ticking, "close_old_connections", lambda: None)
    return said


def test_a_slow_task_does_not_keep_the_others_from_their_turn(monkeypatch, told):
    clock = Clock(monkeypatch, ends=60)
    done = []
    rota = [
        Turn("often", 1, lambda: done.append("often")),
        Turn("slow", 2, lambda: (done.append("slow"), clock.wait(10))),
        Turn("seldom", 30, lambda: done.append("seldom")),
    ]
    tick(rota, Signs(), clock.stop)
    assert done.count("seldom") == 2
    assert done.count("often") >= done.count("slow") >= 4


def test_a_task_that_fails_is_told_once_a_minute_and_works_again_within_seconds(monkeypatch, told):
    clock = Clock(monkeypatch, ends=200)
    tries = []

    def fail_until_it_is_mended():
        tries.append(clock.now)
        if clock.now < 120:
            raise OSError("no space left")

    tick([Turn("cases.drain_outbox", 1, fail_until_it_is_mended)], Signs(), clock.stop)
    failed = [facts for words, facts in told if words == "task failed"]
    assert 2 <= len(failed) <= 3
    assert next(words for words, _ in told[-1:]) == "works again"
    assert min(at for at in tries if at >= 120) < 120 + ticking.SLOWEST
    assert len([at for at in tries if at > 150]) > 40  # at its old pace


def test_each_queue_has_its_own_tasks_and_the_sender_has_all():
    names = [
        sorted(turn.name for turn in turns(lambda _task, _options: None, queue))
        for queue in (QUICK, LONG, None)
    ]
    assert (
        sorted(names[0] + names[1]) == names[2] == sorted(one["task"] for one in SCHEDULE.values())
    )
    assert not set(names[0]) & set(names[1])
