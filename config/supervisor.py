"""The processes of one machine under one supervisor: when one stops, all stop, and no orphan stays."""

import fcntl
import os
import shlex
import shutil
import socket
import sys
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from honcho.manager import SIGNALS, Manager

from config.env import ROOT
from config.schedule import LONG, QUICK

STOPPED_BY_A_PERSON = {signal["rc"] for signal in SIGNALS.values()}


def refuse_a_taken_port(host: str, port: int) -> None:
    """Stop with one sentence when another program listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise CommandError(
                _(
                    "Port %(port)s on %(host)s cannot be used (%(why)s). Choose another: PORT=%(next)s"
                )
                % {"port": port, "host": host, "why": error.strerror, "next": port + 1},
            ) from error


def hold(folder: Path) -> IO[str]:
    """Keep the folder for this start alone, until the file returned is closed."""
    lock = (folder / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise CommandError(
            _(
                "Another start is already using %(folder)s. Stop it first, or choose another DATA_DIR."
            )
            % {"folder": folder},
        ) from error
    return lock


def empty_file_queue() -> None:
    """Drop messages a killed start left behind: what is owed stands in the outbox, not here."""
    if settings.CELERY_BROKER_URL.startswith("filesystem://"):
        shutil.rmtree(settings.DATA_DIR / "queue", ignore_errors=True)


def commands(*, finish_demo: bool) -> dict[str, list[str]]:
    """Name and command line of each process."""
    python = [sys.executable, "-m"]
    found = {
        "web": [*python, "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
        "work": [*_worker(QUICK), "-B", "--schedule", str(settings.DATA_DIR / "beat")],
        "longer": _worker(LONG),
    }
    if finish_demo:
        found["demo"] = [sys.executable, "manage.py", "run", "--finish-demo"]
    return found


def _worker(queue: str) -> list[str]:
    """The background worker of one queue of the schedule."""
    words = "-m celery --quiet -A config.celery worker -P solo --without-gossip --without-mingle"
    return [
        *(sys.executable, *words.split(), "--loglevel", "WARNING"),
        *("-Q", queue, "-n", f"{queue}@%h"),
    ]


def supervise(*, finish_demo: bool) -> None:
    """Run until Ctrl-C or SIGTERM; raise when a process ended by itself."""
    empty_file_queue()
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "DATA_DIR": str(settings.DATA_DIR),
        # Celery warns of root because of pickled messages; ours are JSON.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    manager = Manager()
    for name, words in commands(finish_demo=finish_demo).items():
        manager.add_process(name, f"exec {shlex.join(words)}", env=environment, cwd=str(ROOT))
    manager.loop()
    if manager.returncode not in STOPPED_BY_A_PERSON:
        raise CommandError(
            _("A process ended by itself (code %(code)s), so everything was stopped; see above.")
            % {"code": manager.returncode},
        )
