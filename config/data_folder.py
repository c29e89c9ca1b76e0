"""The data folder is the office's alone: folders 0700, files 0600, whoever made them and when.

New ones are so by the umask that the settings set; what an earlier version left open is closed at the start.
Only what is ours is touched: an administrator may keep something of their own beside it.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

UMASK = 0o077
FOLDERS = ("media", "static", "queue", "before-upgrade")
FILES = ("hotline.sqlite3*", "secrets.json*", "started.json", "backup.json", "run.lock", "beat*")


class Shared(Exception):  # noqa: N818 - a state of affairs
    """The folder is one that everybody writes to, like ``/tmp``, or somebody else's."""


def close(folder: Path) -> None:
    """Close the folder itself and our files in it; quick, for every start of a process.

    Raises ``Shared`` when the folder cannot be ours alone.
    """
    mode = folder.stat().st_mode
    if mode & stat.S_ISVTX:
        raise Shared
    try:
        _close(folder)
        for path in _ours(folder):
            _close(path)
    except PermissionError as error:
        raise Shared from error


def close_all(folder: Path) -> int:
    """Close everything of ours below the folder too, however much there is; return how many were open."""
    count = 0
    for name in FOLDERS:
        for inside, _folders, names in os.walk(folder / name):
            count += _close(Path(inside))
            count += sum(_close(Path(inside, one)) for one in names)
    return count


def _ours(folder: Path) -> Iterator[Path]:
    for pattern in FILES:
        yield from folder.glob(pattern)
    for name in FOLDERS:
        if (folder / name).is_dir():
            yield folder / name


def _close(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) and not path.is_dir():
            return False
        is_open = bool(path.stat().st_mode & UMASK)
        if is_open:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~UMASK)
    except FileNotFoundError:  # SQLite and the queue remove theirs at any time
        return False
    return is_open
