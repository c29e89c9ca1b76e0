"""The registry: every figure the product shows is declared here, once."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from satisfaction.metrics import duration, opinion, statutory, timeliness, volume
from satisfaction.metrics.metric import Figure, Metric, MetricScope
from satisfaction.periods import Period

REGISTRY: dict[str, Metric] = {
    metric.slug: metric
    for module in (volume, timeliness, statutory, opinion, duration)
    for metric in module.METRICS
}


def figure(slug: str, period: Period, *, at: datetime | None = None, **narrowed: Any) -> Figure:
    """One figure of a period; ``narrowed`` are further fields of ``MetricScope``. ``at``: now if not given.

    Raises ``KeyError`` for a metric that is not declared.
    """
    return REGISTRY[slug].count(MetricScope(period, at or timezone.now(), **narrowed))


__all__ = ["REGISTRY", "Figure", "Metric", "MetricScope", "Period", "figure"]
