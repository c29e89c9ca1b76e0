"""How much room the disks have that the office writes to, and whether they may be written.

One judgement for health and system page.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

GB = 1024**3
LITTLE, NEARLY_FULL = 10 * GB, 1 * GB
FULL = 100 * 1024**2  # less than a form with all its files and the database's own log need
OF_SMALL = 20  # a disk so small that these mean nothing counts as full below a twentieth


@dataclass(frozen=True)
class Room:
    """Bytes free and in all on the disk of a folder."""

    free: int
    total: int

    @property
    def state(self) -> str:
        """``ok``, ``little`` (look for more), ``nearly_full`` (hurry) or ``full`` (nothing is taken in)."""
        if self.free < min(FULL, self.total // OF_SMALL):
            return "full"
        if self.free < NEARLY_FULL:
            return "nearly_full"
        return "little" if self.free < LITTLE else "ok"


def room(folder: Path | str) -> Room:
    """Room on the disk of a folder, or of the nearest folder above that is there."""
    found = shutil.disk_usage(_there(folder))
    return Room(found.free, found.total)


def _there(folder: Path | str) -> Path:
    path = Path(folder)
    while not path.exists():
        path = path.parent
    return path


def worst() -> Room:
    """The disk with least room of those for data and for files."""
    rooms = [room(settings.DATA_DIR), room(settings.MEDIA_ROOT)]
    return min(rooms, key=lambda one: one.free)


def takes_nothing() -> bool:
    """Whether any disk the office writes to is full, that of temporary files too."""
    places = (settings.DATA_DIR, settings.MEDIA_ROOT, tempfile.gettempdir())
    return any(room(place).state == "full" for place in places)


def is_read_only() -> bool:
    """Whether the system refuses writing: the folder of the data or of the files, or SQLite's file.

    SQLite's own files beside it count: one connection that may not write them makes all of its process
    read only (SQLite's ``os_unix.c``, ``unixOpenSharedMemory``).
    """
    folders = [_there(settings.DATA_DIR), _there(settings.MEDIA_ROOT)]
    files = [path for path in _files_of_sqlite() if path.exists()]
    return not all(
        [
            *(os.access(path, os.W_OK | os.X_OK) for path in folders),
            *(os.access(path, os.W_OK) for path in files),
        ]
    )


def _files_of_sqlite() -> list[Path]:
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or "mode=memory" in str(database["NAME"]):
        return []
    return [Path(f"{database['NAME']}{suffix}") for suffix in ("", "-wal", "-shm")]
