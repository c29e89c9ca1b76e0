"""Backups by the clock: begun by the worker for long work, made by a process of its own.

Of its own, because the first backup of a large office takes an hour, and exports, files and figures must not
wait that long. It ends with its worker. One at a time: whoever makes one holds the backup folder.
"""

import logging
import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from config.backup import keeping, secret_keys, state
from config.env import ROOT
from config.family.bond import PARENT, end_with

AGAIN = timedelta(minutes=15)  # after a try that failed
COMMAND = (sys.executable, "manage.py", "backup", "--scheduled")
logger = logging.getLogger(__name__)
_making: list[subprocess.Popen[bytes]] = []  # what this worker began and has not seen ending


def begin_if_due(*, at: datetime) -> bool:
    """Begin a backup if it is time; ``True`` when one was begun."""
    _see_to_the_ended()
    if _making or not is_due(at):
        return False
    environment = os.environ | {PARENT: str(os.getpid())}
    _making.append(
        subprocess.Popen(COMMAND, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603
    )
    return True


def _see_to_the_ended() -> None:
    for one in [one for one in _making if one.poll() is not None]:
        _making.remove(one)
        if one.returncode:
            logger.error("scheduled backup failed, code %s; the reason is above", one.returncode)


def is_due(at: datetime) -> bool:
    """Whether a backup should be begun at this moment."""
    folder = settings.BACKUP.folder
    if folder is None:
        return False
    noted = state.read_note()
    tried = parse_datetime(str(noted.get("tried") or ""))
    if noted.get("problem") and tried and timedelta() <= at - tried < AGAIN:
        return False
    last = _last(folder)
    return (last is None or last < latest_turn(at)) and not _is_taken(folder)


def _last(folder: Path) -> datetime | None:
    keys = secret_keys.each(secret_keys.in_use(settings.DATA_DIR), "CHAIN_KEY")
    there = keeping.kept(folder, keys) if folder.is_dir() else []
    return there[0].manifest.made if there else None


def _is_taken(folder: Path) -> bool:
    return folder.is_dir() and keeping.is_taken(folder)


def latest_turn(at: datetime) -> datetime:
    """The moment since which a backup must have been made: the day's time, or the span before now."""
    if settings.BACKUP.every:
        return at - settings.BACKUP.every
    local = timezone.localtime(at)
    turn = local.replace(
        hour=settings.BACKUP.at.hour, minute=settings.BACKUP.at.minute, second=0, microsecond=0
    )
    return turn if turn <= local else turn - timedelta(days=1)


def end_with_parent() -> None:
    """Have this process stopped politely when the worker that began it is gone, and take little from it."""
    if parent := os.environ.get(PARENT):
        end_with(int(parent), signal.SIGTERM)
    os.nice(10)
