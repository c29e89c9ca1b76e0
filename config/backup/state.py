"""How the backups are: when the last one was made, how large, and whether that is well.

For the system page and the health page. What was tried last stands in ``DATA_DIR/backup.json``, which can be
written when the disk of the backups is full or gone; what there is, is read from the backups themselves.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from django.conf import settings
from django.utils.dateparse import parse_datetime

from config.backup import keeping, secret_keys
from config.backup.making import Made

FILE = "backup.json"
OFF, NONE, OK, OLD, FAILED = "off", "none", "ok", "old", "failed"
GRACE = timedelta(hours=1)  # a large backup may begin late and take long


class Note(TypedDict, total=False):
    """What is written down of the last try."""

    tried: str
    problem: str
    seconds: float | None


@dataclass(frozen=True)
class BackupState:
    """``word``: off (no BACKUP_DIR), none (never yet), ok, old (the last is too old), failed (the last try).

    ``last``: when the snapshot of the newest good backup was taken; ``size`` its bytes; ``seconds`` how
    long it took (``None`` unknown). ``tried``/``problem``: the last try and why it failed, a sentence.
    """

    word: str
    last: datetime | None = None
    size: int = 0
    seconds: float | None = None
    count: int = 0
    tried: datetime | None = None
    problem: str = ""
    under_way: bool = False


def state(at: datetime) -> BackupState:
    """How the scheduled backups are at this moment. Asks the folder only, never the database."""
    folder = settings.BACKUP.folder
    if folder is None:
        return BackupState(OFF)
    noted = read_note()
    keys = secret_keys.each(secret_keys.in_use(settings.DATA_DIR), "CHAIN_KEY")
    there = keeping.kept(folder, keys) if folder.is_dir() else []
    last = there[0].manifest.made if there else None
    problem = str(noted.get("problem") or "")
    return BackupState(
        word=_word(at, last, problem),
        last=last,
        size=there[0].manifest.size if there else 0,
        seconds=noted.get("seconds"),
        count=len(there),
        tried=parse_datetime(str(noted.get("tried") or "")),
        problem=problem,
        under_way=folder.is_dir() and keeping.is_taken(folder),
    )


def _word(at: datetime, last: datetime | None, problem: str) -> str:
    if problem:
        return FAILED
    if last is None:
        return NONE
    return OLD if at - last > settings.BACKUP.interval + GRACE else OK


def read_note() -> Note:
    """What the last try left; nothing when there was none or the file is cut off."""
    try:
        noted: Note = json.loads((settings.DATA_DIR / FILE).read_text())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def note_success(made: Made, *, at: datetime) -> None:
    """Write down that a backup was made."""
    _note(tried=at, problem="", seconds=round(made.seconds, 1))


def note_failure(problem: str, *, at: datetime) -> None:
    """Write down why none was made, a sentence."""
    _note(tried=at, problem=problem, seconds=read_note().get("seconds"))


def _note(*, tried: datetime, problem: str, seconds: float | None) -> None:
    path = settings.DATA_DIR / FILE
    body = {"tried": tried.isoformat(), "problem": problem, "seconds": seconds}
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(body, ensure_ascii=False))
    temporary.replace(path)
