"""The pulse of background work: when something was last done, for all processes to see."""

from datetime import datetime, timedelta

from django.core.cache import cache

EVERY = timedelta(seconds=15)  # noted no more often: the cache is a table
_noted: dict[str, datetime] = {}  # what this process noted last


def beat(name: str, at: datetime) -> None:
    """Note that ``name`` was done at ``at``."""
    before = _noted.get(name)
    if before is not None and timedelta() <= at - before < EVERY:
        return
    cache.set(f"pulse.{name}", at, timeout=None)
    _noted[name] = at


def last_beat(name: str) -> datetime | None:
    """When ``name`` was last done, to ``EVERY``; ``None`` when it never was."""
    found: datetime | None = cache.get(f"pulse.{name}")
    return found


def was_seen(seen: datetime | None, at: datetime, within: timedelta) -> bool:
    """Whether a beat is younger than ``within``. One of the future is none: the clock was set back since."""
    return seen is not None and -within < at - seen < within


def forget() -> None:
    """Note the next beat whenever it comes (tests)."""
    _noted.clear()
