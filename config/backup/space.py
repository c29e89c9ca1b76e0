"""Room on the disk: asked before anything is written, and told in one sentence when it ends meanwhile."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from config.backup import BackupError

SPARE = 64 * 1024 * 1024  # left free for whoever else writes there
FULL = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
}  # disk full, quota used up, file larger than allowed
SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}


def require(folder: Path, needed: int) -> None:
    """Raise ``BackupError`` when fewer than ``needed`` bytes and a reserve are free where ``folder`` is."""
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise BackupError(
            _(
                "There is not enough room in %(folder)s: %(needed)s are needed, %(free)s are free. "
                "Nothing was written. Make room, or choose another folder."
            )
            % {"folder": folder, "needed": readable(needed + SPARE), "free": readable(free)}
        )


def readable(size: float) -> str:
    """A number of bytes as a person reads it."""
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1000:  # noqa: PLR2004
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


@contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Turn a disk that fills up meanwhile into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise _full(folder) from error
        raise
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in SQLITE_FULL:
            raise _full(folder) from error
        raise


def _full(folder: Path) -> BackupError:
    return BackupError(
        _(
            "The disk of %(folder)s filled up meanwhile. What was begun is removed, earlier backups are "
            "kept. Make room, then try again."
        )
        % {"folder": folder}
    )
