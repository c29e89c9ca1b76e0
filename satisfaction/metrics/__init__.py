"""The registry: every figure the product shows is declared here, once."""

from datetime import datetime

from django.utils import timezone

from satisfaction.metrics import duration, opinion, statutory, timeliness, volume
from satisfaction.metrics.metric import Figure, Metric, MetricScope
from satisfaction.periods import Period

REGISTRY: dict[str, Metric] = {
    metric.slug: metric
    for module in (volume, timeliness, statutory, opinion, duration)
    for metric in module.METRICS
}


def figure(slug: str, period: Period, *, at: datetime | None = None, channel: str = "") -> Figure:
    """One figure of a period, perhaps of one channel, as the system sees it. ``at``: now if not given.

    Raises ``KeyError`` for a metric that is not declared.
    """
    return REGISTRY[slug].count(MetricScope(period, at or timezone.now(), channel))


__all__ = ["REGISTRY", "Figure", "Metric", "MetricScope", "Period", "figure"]
