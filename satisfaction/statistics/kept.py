"""The figures of a past month as a drawn page, kept in the process for as long as it is the same page.

The key names everything the page is made of: the rolled-up numbers by their state, the units by their
names, the selection, the day and the language. So a page is never older than its numbers, and nobody
shares one with a person who may see less: they read no rolled-up month at all.
"""

from collections.abc import Callable
from hashlib import sha256

from django.core.cache import caches
from django.utils.translation import get_language

from cases.models import Unit
from satisfaction.periods import today
from satisfaction.statistics.tables import StatisticsShown

KEPT_SECONDS = 600


def drawn(shown: StatisticsShown, draw: Callable[[], str]) -> str:
    """The page, drawn again unless it is kept; what was counted just now is never kept."""
    if shown.is_live:
        return draw()
    key = _key(shown)
    page: str | None = caches["pages"].get(key)
    if page is None:
        page = draw()
        caches["pages"].set(key, page, KEPT_SECONDS)
    return page


def _key(shown: StatisticsShown) -> str:
    chosen = shown.chosen
    units = list(
        Unit.objects.order_by("pk").values_list("pk", "code", "name", "short_name", "is_active")
    )
    said = (
        chosen.query(),
        chosen.faults,
        today(chosen.at),
        get_language(),
        sorted((month.first, month.state, month.counted_at) for month in shown.used),
        units,
    )
    return f"figures-{sha256(repr(said).encode()).hexdigest()}"
