"""SQLite: a copy of one moment, taken page by page beside the working office, and put back."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext as _

from config.backup import BackupError
from config.backup.inventory import Ask, Row

FILE = "database.sqlite3"
PAGES = 1024  # of 4 KB, copied at a go: progress is told and a stop is heard in between
BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
Told = Callable[[int, int], None]  # pages done, pages in all


def opened(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Open a file that must be there, without transactions of Python's own."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None)


def size(path: Path) -> int:
    """Bytes of the database's pages, those of its log included."""
    with closing(opened(path)) as source:
        pages = source.execute("PRAGMA page_count").fetchone()[0]
        return int(pages * source.execute("PRAGMA page_size").fetchone()[0])


def copy(source: Path, target: Path, told: Told) -> None:
    """Copy the database as it is at this moment into a new file that needs no other file beside it.

    A read transaction holds the moment, so that no write of the office begins the copy anew, and in
    write-ahead mode no writer waits for a reader. Raises ``BackupError`` when the copy is not sound.
    """
    try:
        _copy(source, target, told)
        with closing(opened(target)) as taken:
            sound = taken.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in BROKEN:
            raise
        sound = str(error)
    if sound != "ok":
        raise BackupError(
            _(
                "The copy of the database is not sound (%(why)s). Look at the disk; earlier backups are kept."
            )
            % {"why": sound}
        )


def _copy(source: Path, target: Path, told: Told) -> None:
    with closing(opened(source)) as live, closing(sqlite3.connect(target)) as taken:
        live.execute("PRAGMA busy_timeout = 20000")
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()  # here the moment is fixed
        live.backup(
            taken, pages=PAGES, progress=lambda _status, left, whole: told(whole - left, whole)
        )
        live.execute("ROLLBACK")
        taken.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def asking(path: Path) -> Iterator[Ask]:
    """Give the means to ask a copy."""
    with closing(opened(path, "ro")) as found:

        def ask(query: str) -> Iterator[Row]:
            yield from found.execute(query)

        yield ask
