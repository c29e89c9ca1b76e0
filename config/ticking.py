"""Background work on one machine without a broker: each task of the schedule when its time has come.

There are no messages: a task finds its own work in the database, so all that is needed is to call it again
and again (ADR 0013). Time is measured by a clock that nobody can set.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import close_old_connections

from cases.machine.outage import Outage, outage_of
from config import stuck
from config.family.bond import Signs
from config.schedule import SCHEDULE, Sending

log = structlog.get_logger("config.work")
SLOWEST = 3.0  # seconds between tries of a task that fails: back within seconds once it is mended
SILENCE = 60.0  # seconds between two lines of the log about one task that goes on failing


@dataclass
class Turn:
    """One task of the schedule and when it is due next, in monotonic seconds."""

    name: str
    every: float
    act: Callable[[], object]
    due: float = 0.0
    failures: int = 0
    told: float = 0.0

    def take(self) -> None:
        """Do it, and note when it is due again; a failure is told and outlived."""
        try:
            close_old_connections()  # a database that was restarted is asked anew
            self.act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the others have their turn
            self._failed(error)
        else:
            if self.failures:
                log.info("works again", task=self.name, failures=self.failures)
            self.failures = 0
        slower = self.every * 2.0 ** min(self.failures, 10)
        self.due = time.monotonic() + max(self.every, min(slower, SLOWEST))

    def _failed(self, error: Exception) -> None:
        self.failures += 1
        now, kind = time.monotonic(), outage_of(error)
        if kind is Outage.READ_ONLY:
            stuck.let_go()
        if self.failures == 1 or now - self.told >= SILENCE:
            if kind is None:
                log.error("task failed", task=self.name, failures=self.failures, exc_info=error)
            else:  # nobody's fault, and over by itself
                log.warning(
                    "task waits", task=self.name, outage=kind.value, why=type(error).__name__
                )
            self.told = now


def turns(
    act: Callable[[str, Sending], Callable[[], object]], queue: str | None = None
) -> list[Turn]:
    """Everything of the schedule, or of one of its queues; ``act(task, options)`` makes what is done."""
    return [
        Turn(entry["task"], entry["schedule"], act(entry["task"], entry["options"]))
        for entry in SCHEDULE.values()
        if queue in {None, entry["options"]["queue"]}
    ]


def tick(rota: list[Turn], signs: Signs, stop: threading.Event) -> None:
    """Take the turn that has been due longest, again and again, until ``stop`` is set."""
    while not stop.is_set():
        turn = min(rota, key=lambda one: one.due)
        wait = turn.due - time.monotonic()
        if wait > 0:
            stop.wait(wait)
            continue
        with signs.doing(turn.name):
            turn.take()
