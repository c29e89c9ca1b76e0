"""Last month's figures as the front page tells them: the same declared metrics staff see, n and N."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.shapes import Context
from satisfaction.metrics import REGISTRY, MetricScope
from satisfaction.periods import Period, month_of, today

SHOWN = ("calls", "handled", "replied_on_time", "satisfied", "participation")
KEPT_SECONDS = 600  # ratings of last month may still come in


def last_month(at: datetime) -> Context:
    """The month in words and its figures as pairs (n, N); counted at most every ten minutes."""
    month = month_of(today(at).replace(day=1) - timedelta(days=1))
    key = f"front-figures:{month.first}"
    counted = cache.get(key)
    if counted is None:
        counted = _count(month, at)
        cache.set(key, counted, KEPT_SECONDS)
    return {"month": date_format(month.first, _("F Y")), "is_empty": not _any(counted), **counted}


def _count(month: Period, at: datetime) -> dict[str, tuple[float | None, int | None]]:
    scope = MetricScope(month, at)
    figures = {slug: REGISTRY[slug].count(scope) for slug in SHOWN}
    return {slug: (figure.n, figure.N) for slug, figure in figures.items()}


def _any(counted: dict[str, tuple[float | None, int | None]]) -> bool:
    return any(n or total for n, total in counted.values())
