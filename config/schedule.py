"""All periodic work, in one place: which task, how often (seconds), and when a late start is moot.

Every task finds its own work in the database and may run twice or late, so a message that waited
longer than ``expires`` is dropped: the next one does the same.
"""

from typing import Any


def every(seconds: float, task: str) -> dict[str, Any]:
    """Return one entry of the schedule."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds * 5}}


SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver what the outbox owes": every(1, "cases.drain_outbox"),
    "read files for the search": every(2, "cases.read_files"),
    "count stale months again": every(3, "satisfaction.recount_months"),
    "warn of and mark what is due": every(30, "cases.sweep_due"),
    "index public texts that changed": every(1, "search.index_public"),
    "mend the public index": every(600, "search.mend_public"),
    "index the cases of what was renamed": every(60, "search.follow_names"),
    "make approved exports": every(5, "search.make_exports"),
    "remove old exports": every(3600, "search.expire_exports"),
    "check and repair indexes when asked": every(3, "search.check_indexes"),
    "note which search engines answer": every(30, "search.watch_engines"),
    "tell subscribers of saved searches": every(60, "search.tell_subscribers"),
}
