"""Serials of case numbers: taken in blocks, never given twice, gaps allowed.

One upsert hands a process a block of ``settings.NUMBER_BLOCK`` serials, in a statement of its own before
the intake's transaction, so that intakes never wait for each other's commit.
"""

import threading
from datetime import date

from django.conf import settings
from django.db import connection

_lock = threading.Lock()
_blocks: dict[tuple[date, str], range] = {}


def next_serial(day: date, channel: str) -> int:
    """The next serial of this process for a day and channel (1–99,999).

    Inside a transaction a single serial is taken: were a block taken there, a rollback would give the
    rest of it to another process too.
    """
    if connection.in_atomic_block:
        return reserve(day, channel, 1)
    with _lock:
        block = _blocks.get((day, channel), range(0))
        if not block:
            last = reserve(day, channel, settings.NUMBER_BLOCK)
            block = range(last - settings.NUMBER_BLOCK + 1, last + 1)
            for old in [key for key in _blocks if key[0] != day]:
                del _blocks[old]
        _blocks[day, channel] = block[1:]
        return block[0]


def reserve(day: date, channel: str, count: int) -> int:
    """Move the stored counter by ``count`` and return its new value; one atomic statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_numbercounter (day, channel, last) VALUES (%s, %s, %s) "
            "ON CONFLICT (day, channel) DO UPDATE "
            "SET last = cases_numbercounter.last + excluded.last RETURNING last",
            [day, channel, count],
        )
        last: int = cursor.fetchone()[0]
        return last
