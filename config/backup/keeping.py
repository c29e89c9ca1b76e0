"""The folder that backups are kept in: which are ours and sound, which may go, and one maker at a time."""

import fcntl
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from config.backup import BackupBusy, BackupError, manifest
from config.backup.manifest import Manifest

NAME = re.compile(r"hotline-\d{8}T\d{6}Z")
PARTIAL = ".partial"


@dataclass(frozen=True)
class BackupKept:
    """A finished backup of this office, unchanged as far as its manifest tells."""

    folder: Path
    manifest: Manifest


def name_at(at: datetime) -> str:
    """The folder's name for a moment."""
    return f"hotline-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def kept(folder: Path, chain_keys: Sequence[str]) -> list[BackupKept]:
    """The office's own backups in a folder, newest first; what is not its own or is damaged is left out."""
    found = []
    for path in sorted(folder.glob("hotline-*"), reverse=True):
        if not (NAME.fullmatch(path.name) and path.is_dir() and not path.is_symlink()):
            continue
        try:
            told = manifest.read(path)
        except BackupError:
            continue
        if told.is_sealed_by(chain_keys):
            found.append(BackupKept(path, told))
    return found


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep the folder for one maker; a killed one holds nothing. Raises ``BackupBusy`` when it is taken."""
    with (folder / ".hotline-backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupBusy(
                _("Another backup into %(folder)s is under way. Wait for its end.")
                % {"folder": folder}
            ) from error
        yield


def is_taken(folder: Path) -> bool:
    """Whether a backup is being made there right now."""
    try:
        with alone(folder):
            return False
    except BackupBusy:
        return True


def clear_unfinished(folder: Path) -> int:
    """Remove what stopped makers left; only with the folder held. Return how many."""
    left = [path for path in folder.glob(f"hotline-*{PARTIAL}") if NAME.fullmatch(path.stem)]
    for path in left:
        shutil.rmtree(path)
    return len(left)


def to_remove(there: Sequence[BackupKept], keep: int, keep_days: int) -> list[BackupKept]:
    """Which of the office's backups (newest first) may go.

    The newest ``keep`` stay, and the newest of each of the last ``keep_days`` days of the office that have
    one. The newest of all stays whatever is asked.
    """
    newest_of_day: dict[object, BackupKept] = {}
    for one in there:
        newest_of_day.setdefault(timezone.localtime(one.manifest.made).date(), one)
    staying = {one.folder for one in there[: max(keep, 1)]}
    staying |= {one.folder for one in list(newest_of_day.values())[:keep_days]}
    return [one for one in there if one.folder not in staying]


def remove(going: Iterable[BackupKept]) -> int:
    """Remove backups; one that is stopped half-way no longer looks like a backup. Return how many."""
    count = 0
    for one in going:
        doomed = one.folder.with_name(one.folder.name + PARTIAL)
        one.folder.rename(doomed)
        shutil.rmtree(doomed)
        count += 1
    return count
