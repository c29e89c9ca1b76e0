"""`manage.py work quick|long`: background work of one machine; `work send`: the schedule of a broker."""

import argparse
import signal
import sys
import threading
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import outbox
from cases.files import reading
from config import stuck
from config.celery import app
from config.family.bond import Signs
from config.schedule import LONG, QUICK, Sending
from config.ticking import tick, turns
from search.exports import exporting
from search.indexing import checking

log = structlog.get_logger("config.work")
LANES = {"quick": QUICK, "long": LONG}
PATIENCE = 2.0  # seconds for the piece in hand; then it is broken off, and its transaction undone


class Command(BaseCommand):
    help = (
        "Do the background work of one machine until SIGTERM or Ctrl-C: `quick` serves the outbox and "
        "watches the clocks, `long` makes exports, figures and indexes. `send` calls Celery's workers, "
        "where BROKER_URL is set. `manage.py run` starts them; units of their own may, too."
    )

    requires_system_checks: list[str] = []  # its start is waited for when another has just died

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("lane", choices=[*LANES, "send"], help="which work")

    def handle(self, *, lane: str, **_options: object) -> None:
        if (lane == "send") == settings.BROKER_IS_INSIDE:
            raise CommandError(
                _(
                    "Without BROKER_URL start `work quick` and `work long`; "
                    "with it Celery's workers and `work send`."
                )
            )
        app.autodiscover_tasks(force=True)
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: self.leave(stop))
        signal.signal(signal.SIGINT, lambda *_: self.leave(stop))
        signs = Signs()
        signs.begin()
        if settings.BROKER_IS_INSIDE:
            begin(lane, stop)
        rota = turns(send) if lane == "send" else turns(call, LANES[lane])
        tick(rota, signs, stop)

    def leave(self, stop: threading.Event) -> None:
        """Stop after the piece in hand, or in the middle of it when it takes longer than ``PATIENCE``."""
        stop.set()
        signal.signal(signal.SIGALRM, lambda *_: sys.exit(0))
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)


def begin(lane: str, stop: threading.Event) -> None:
    """Go on at once with what the worker before this one held when it died; wait for the database.

    There is one worker of each kind on a machine without a broker; a second one would do some work twice,
    which every task must stand.
    """
    while not stop.is_set():
        try:
            close_old_connections()
            if LANES[lane] == QUICK:
                outbox.LEASE.let_go()
            else:
                reading.LEASE.let_go()
                exporting.LEASE.let_go()
                checking.let_go(timezone.now())
        except DatabaseError:
            log.exception("work cannot begin")
            stuck.let_go()
            stop.wait(1)
        else:
            return


def call(task: str, _options: Sending) -> Callable[[], object]:
    """Do the task here and now."""
    return app.tasks[task]


def send(task: str, options: Sending) -> Callable[[], object]:
    """Have one of Celery's workers do it."""
    return lambda: app.tasks[task].apply_async(**options)
