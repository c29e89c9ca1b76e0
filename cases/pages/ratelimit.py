"""How often somebody may try: counters in fixed windows, shared by all processes through the cache.

Used where guessing or flooding must stop (query codes, public forms). The counters hold no personal
data: what is counted is hashed with a key.
"""

from datetime import datetime

from django.core.cache import BaseCache
from django.core.cache import cache as shared

from cases.privacy.crypto import keyed_hash


def allow(
    key: str, limit: int, seconds: int, at: datetime, counters: BaseCache | None = None
) -> bool:
    """Count one try of ``key`` in the window around ``at``; False when it is one too many.

    ``counters`` other than the shared cache: where a rough limit suffices and no write is wanted.
    """
    cache = counters if counters is not None else shared
    window = int(at.timestamp()) // seconds
    counter = f"tries:{keyed_hash(key)}:{window}"
    if cache.add(counter, 1, timeout=seconds * 2):
        return limit >= 1
    try:
        return cache.incr(counter) <= limit
    except ValueError:  # it ran out between the two calls: a new window begins
        cache.set(counter, 1, timeout=seconds * 2)
        return limit >= 1
