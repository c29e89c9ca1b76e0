"""Figures of months that are over, counted again only when something has happened since.

Their due times have all passed, so that only an act can change them, and every act leaves an event: the
newest event names the state of the whole office. Kept for a minute, because a transaction that began
earlier may end later than the newest event.
"""

from hashlib import sha256

from django.core.cache import caches

from cases.models import Event
from satisfaction.metrics import Figure, Metric, Scope
from satisfaction.metrics.together import months_together
from satisfaction.periods import Period

KEPT_SECONDS = 60


def earlier_months(
    metrics: list[Metric], scope: Scope, months: list[Period]
) -> dict[Metric, list[Figure]]:
    """The figures of each month, in lists that the caller may extend."""
    newest = Event.objects.order_by("-pk").values_list("pk", "hash").first()
    if newest is None or months[-1].end > scope.at:
        return months_together(metrics, scope, months)
    key = _key(newest, scope, months)
    found = caches["process"].get(key)
    if found is None:
        counted = months_together(metrics, scope, months)
        found = {metric.slug: figures for metric, figures in counted.items()}
        caches["process"].set(key, found, KEPT_SECONDS)
    return {metric: list(found[metric.slug]) for metric in metrics}


def _key(newest: tuple[int, str], scope: Scope, months: list[Period]) -> str:
    """One for each state of the office, person and selection."""
    units = None if scope.unit_ids is None else sorted(scope.unit_ids)
    roles = sorted(getattr(scope.user, "roles", ()))
    own = sorted(getattr(scope.user, "unit_ids", ()))
    whole = (
        newest,
        months[0].first,
        months[-1].last,
        scope.user.pk,
        roles,
        own,
        scope.channel,
        units,
    )
    return f"months-{sha256(repr(whole).encode()).hexdigest()}"
