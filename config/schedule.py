"""All periodic work, in one place: which task, how often (seconds), and when a late start is moot.

Every task finds its own work in the database and may run twice or late. Without a broker it is simply called
(``config/ticking.py``); with one, a message that waited longer than ``expires`` is dropped: the next one does
the same. A minute at least, so that machines whose clocks differ by seconds still work.

What may take longer than a moment goes into a queue of its own with a worker of its own, so that the
outbox, and with it the search, is never behind by more than seconds (ADR 0012).
"""

from typing import TypedDict

QUICK, LONG = "celery", "long"  # the first is Celery's own default


class Sending(TypedDict):
    """How a message is sent: seconds until it is moot, and into which queue."""

    expires: float
    queue: str


class Periodic(TypedDict):
    """One entry, as Celery reads it; ``schedule`` in seconds."""

    task: str
    schedule: float
    options: Sending


def every(seconds: float, task: str, queue: str = QUICK) -> Periodic:
    """Return one entry of the schedule."""
    options: Sending = {"expires": max(seconds * 5, 60), "queue": queue}
    return {"task": task, "schedule": seconds, "options": options}


SCHEDULE: dict[str, Periodic] = {
    "deliver what the outbox owes": every(1, "cases.drain_outbox"),
    "read files for the search": every(2, "cases.read_files", LONG),
    "make handling texts of before": every(5, "cases.make_handling_texts", LONG),
    "count stale months again": every(3, "satisfaction.recount_months", LONG),
    "count provisional times again": every(600, "cases.recount_provisional", LONG),
    "let SQLite know its tables": every(3600, "cases.learn_tables", LONG),
    "remove files whose row never came": every(3600, "cases.clear_pending", LONG),
    "warn of and mark what is due": every(3, "cases.sweep_due"),
    "index public texts that changed": every(1, "search.index_public"),
    "mend the public index": every(600, "search.mend_public", LONG),
    "index the cases of what was renamed": every(60, "search.follow_names", LONG),
    "make approved exports": every(5, "search.make_exports", LONG),
    "remove old exports": every(3600, "search.expire_exports", LONG),
    "check and repair indexes when asked": every(3, "search.check_indexes", LONG),
    "note which search engines answer": every(30, "search.watch_engines", LONG),
    "back up when it is time": every(20, "config.back_up", LONG),
    "tell subscribers of saved searches": every(60, "search.tell_subscribers", LONG),
}
