"""The numbers of a month as they are written down and read again: the same, to the microsecond."""

from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from satisfaction.metrics import REGISTRY, Figure, Metric, MetricScope
from satisfaction.metrics.duration import Percentile
from satisfaction.metrics.metric import Numbers
from satisfaction.metrics.together import Groups, counted_together, totals

FORM = 1  # of the written numbers; another form makes every written month stale
COLUMNS = ("unit", "channel")
MICROSECOND = timedelta(microseconds=1)
RowsByMetric = dict[
    str, list[Any]
]  # by slug: numbers, or rows of unit, channel and numbers; as JSON


@cache
def declared() -> str:
    """A name of what is declared: another metric, or another version of one, gives another name."""
    said = [FORM, *sorted((metric.slug, metric.version) for metric in REGISTRY.values())]
    return sha256(repr(said).encode()).hexdigest()[:16]


def written(scope: MetricScope) -> tuple[RowsByMetric, RowsByMetric]:
    """Count the scope by every metric; the numbers of the whole, and those by unit and channel."""
    metrics = list(REGISTRY.values())
    counted = counted_together(metrics, scope, COLUMNS, metrics)
    figures = totals(metrics, scope, counted)
    groups = {
        metric.slug: [[*keys, *_plain(numbers)] for keys, numbers in rows]
        for metric, rows in counted.groups.items()
    }
    whole = {
        metric.slug: [figure.n]
        if isinstance(metric, Percentile)
        else _plain(counted.numbers(metric))
        for metric, figure in figures.items()
    }
    return whole, groups


def _plain(numbers: Numbers) -> list[int | None]:
    n = numbers.get("n")
    return [numbers["N"], n // MICROSECOND if isinstance(n, timedelta) else n]


def numbers(metric: Metric, N: int, n: int | None) -> Numbers:  # noqa: N803 - both numbers of a rate
    """The numbers as the database gave them."""
    if not metric.is_rate:
        return {"N": N}
    return {"N": N, "n": n if n is None or not metric.is_hours else n * MICROSECOND}


def from_whole(metric: Metric, whole: RowsByMetric) -> Figure:
    """The figure of a metric in a whole month."""
    if isinstance(metric, Percentile):
        return Figure(whole[metric.slug][0])
    return metric.figure(numbers(metric, *whole[metric.slug]))


def in_groups(metric: Metric, groups: RowsByMetric, scope: MetricScope) -> Groups:
    """The groups of a metric that lie in the scope's units and channel."""
    return [
        ((unit, channel), numbers(metric, *both))
        for unit, channel, *both in groups.get(metric.slug, ())
        if (not scope.channel or channel == scope.channel)
        and (scope.unit_ids is None or unit in scope.unit_ids)
    ]


def in_whole(metric: Metric, whole: RowsByMetric) -> Groups:
    """The whole of a metric as one group without columns."""
    both = whole[metric.slug]
    return [((), numbers(metric, *both))] if both[0] else []
