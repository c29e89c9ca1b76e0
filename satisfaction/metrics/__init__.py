"""The registry: every figure the product shows is declared here, once."""

from satisfaction.metrics import duration, opinion, statutory, timeliness, volume
from satisfaction.metrics.metric import Figure, Metric, Scope

REGISTRY: dict[str, Metric] = {
    metric.slug: metric
    for module in (volume, timeliness, statutory, opinion, duration)
    for metric in module.METRICS
}

__all__ = ["REGISTRY", "Figure", "Metric", "Scope"]
