"""When the database is away, a disk full or not to be written: nobody's fault, and told apart from bugs.

An error is judged by what the database or the system says of it (SQLSTATE, SQLite's result code, errno),
never by a programmer's intent: whatever is not known here stays an error like any other. Sources:
PostgreSQL's Appendix A "Error Codes", SQLite's "Result and Error Codes", errno(3).
"""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum

import structlog
from django.db import Error as DatabaseProblem
from django.db.transaction import TransactionManagementError

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM})
DISK_FULL = "53100"
AWAY_CLASSES = ("08", "57P")  # connection exceptions; shutting down or starting
AWAY_STATES = frozenset(
    {
        "53000",  # insufficient resources
        "53200",  # out of memory
        "53300",  # too many connections
        "55P03",  # a lock was not to be had
        "40001",  # of two transactions one had to give way: nothing of it was kept
        "40P01",
        "25P03",  # the server ended a session that idled in a transaction
        "58030",  # reading or writing failed
    }
)
SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PROTOCOL,
    }
)
log = structlog.get_logger("outage")


class Outage(Enum):
    """What is the matter."""

    AWAY = "away"  # the database does not answer just now
    FULL = "full"  # a disk takes no more
    READ_ONLY = "read_only"  # a disk, folder or file can be read and not written


SQLITE_PLAIN = {
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_READONLY: Outage.READ_ONLY,
}


def outage_of(error: BaseException | None) -> Outage | None:
    """Say which outage an error is, ``None`` when it is an error like any other.

    ``AWAY`` at a commit leaves it unknown whether the change was kept; the others never do.
    """
    found = [kind for one in _chain(error) if (kind := _kind(one))]
    plain = (kind for kind in (Outage.FULL, Outage.READ_ONLY) if kind in found)
    return next(plain, next(iter(found), None))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from; what it merely came after counts for the database's own only.

    A statement after a lost connection fails differently (“connection already closed”).
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        after = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or (after if isinstance(error, DatabaseProblem) else None)


def _kind(error: BaseException) -> Outage | None:
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if isinstance(error, DatabaseProblem) and not isinstance(error, TransactionManagementError):
        closed = type(error).__name__ == "InterfaceError" and "connection" in str(error)
        return Outage.AWAY if closed and "closed" in str(error) else None
    if type(error).__module__.startswith("psycopg"):
        return _of_postgres(error)
    return None


def _of_system(error: OSError) -> Outage | None:
    """A file that may not be written is an outage only while none of the office's may be."""
    from cases.machine import disk  # noqa: PLC0415 - it knows the settings

    if error.errno in NO_SPACE:
        return Outage.FULL
    if error.errno == errno.EROFS or (error.errno in NOT_ALLOWED and disk.is_read_only()):
        return Outage.READ_ONLY
    return None


def _of_sqlite(error: sqlite3.Error) -> Outage | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    code &= 0xFF  # the rest says where it happened
    if code in SQLITE_PLAIN:
        return SQLITE_PLAIN[code]
    if code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}:
        from cases.machine import disk  # noqa: PLC0415 - it knows the settings

        if disk.takes_nothing():
            return Outage.FULL
        return Outage.READ_ONLY if disk.is_read_only() else Outage.AWAY
    return Outage.AWAY if code in SQLITE_AWAY else None


def _of_postgres(error: BaseException) -> Outage | None:
    state = getattr(error, "sqlstate", None)
    if state is None:  # libpq speaks itself: refused, reset, timed out, closed
        names = {one.__name__ for one in type(error).__mro__}
        lost = "OperationalError" in names or "connection" in str(error)
        return Outage.AWAY if lost and "ProgrammingError" not in names else None
    if state == DISK_FULL:
        return Outage.FULL
    return Outage.AWAY if state.startswith(AWAY_CLASSES) or state in AWAY_STATES else None


_owed: list[Callable[[], object]] = []  # what this process gives back when the database answers


@contextmanager
def gives_back(act: Callable[[], object]) -> Iterator[None]:
    """Do ``act`` at the next ``settle`` when an outage ends the block, so that it counts as no try."""
    try:
        yield
    except Exception as error:
        if outage_of(error):
            _owed.append(act)
        raise


def settle() -> None:
    """Give back what outages interrupted in this process; raises while the database is still away."""
    while _owed:
        _owed[0]()
        del _owed[0]
