"""SQLite's connections that can only read, because they were opened while the disk could not be written.

Such a connection stays so, and every new one of its process with it while any is open: they share one file
beside the database (SQLite's ``os_unix.c``, ``unixOpenSharedMemory``). So once the disk can be written again
the next request of a process waits for those before it and closes what they leave open.
"""

import threading
import time
from contextlib import suppress
from weakref import WeakValueDictionary

from django.core.signals import request_finished, request_started
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from cases.machine import disk

PATIENCE = 2.0  # seconds a request waits for those before it; a long download outlasts that
NOT_BEFORE = 10.0  # seconds until one waits again


class Lines:
    """The connections that requests of this process use, by thread. Times are monotonic seconds."""

    def __init__(self) -> None:
        self.are_stuck = False
        self._changed = threading.Condition()
        self._of: WeakValueDictionary[int, BaseDatabaseWrapper] = WeakValueDictionary()
        self._busy: set[int] = set()
        self._waits_from = float("-inf")

    def note(self) -> None:
        """One was refused writing."""
        self.are_stuck = True

    def begin(self, **_facts: object) -> None:
        """A request begins in this thread: with fresh connections if those of before are of no more use."""
        me = threading.get_ident()
        with self._changed:
            self._busy.discard(me)
            if self.are_stuck and not disk.is_read_only():
                self._close_all()
            self._of[me] = connections[DEFAULT_DB_ALIAS]
            self._busy.add(me)

    def end(self, **_facts: object) -> None:
        """It is answered."""
        with self._changed:
            self._busy.discard(threading.get_ident())
            self._changed.notify_all()

    def _close_all(self) -> None:
        may_wait = time.monotonic() >= self._waits_from
        if may_wait and not self._changed.wait_for(lambda: not self._busy, PATIENCE):
            self._waits_from = time.monotonic() + NOT_BEFORE
        if not self.are_stuck:  # another one did it meanwhile
            return
        for thread, line in list(self._of.items()):
            if thread not in self._busy:
                _close(line)
        self.are_stuck = bool(self._busy)


def let_go() -> None:
    """Close this thread's connection: the next statement opens another. For work outside of requests."""
    _close(connections[DEFAULT_DB_ALIAS])


def _close(line: BaseDatabaseWrapper) -> None:
    """Close it, whosever thread it is; one in the middle of a transaction is left alone."""
    if line.in_atomic_block:
        return
    line.inc_thread_sharing()
    try:
        with suppress(DatabaseError):
            line.close()
    finally:
        line.dec_thread_sharing()


lines = Lines()
request_started.connect(lines.begin)
request_finished.connect(lines.end)
