"""Many metrics at once: one pass over each table, however many figures and groups are wanted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import or_

from django.db.models import CharField, Value

from satisfaction.metrics.duration import Percentile, percentiles
from satisfaction.metrics.metric import Figure, Group, Metric, MetricScope, Numbers
from satisfaction.periods import Period

Keys = tuple[Group, ...]
Groups = list[tuple[Keys, Numbers]]  # values of the columns, and the numbers of their rows


class MetricsCounted:
    """The numbers of metrics in groups of columns; ``total`` and ``by`` add them up."""

    def __init__(self, columns: tuple[str, ...] = ()) -> None:
        self.columns = columns
        self.groups: dict[Metric, Groups] = {}

    def add(self, groups: Mapping[Metric, Groups]) -> None:
        """Add the numbers of another part of the period."""
        for metric, rows in groups.items():
            self.groups.setdefault(metric, []).extend(rows)

    def total(self, metric: Metric) -> Figure:
        """The figure over all groups."""
        return metric.figure(self.numbers(metric))

    def numbers(self, metric: Metric) -> Numbers:
        """N and n over all groups."""
        return self._added(metric, lambda _keys: None).get(None) or metric.nothing

    def by(self, metric: Metric, column: str) -> dict[Group, Figure]:
        """Figures for each unit (id) or channel (slug) that has rows."""
        place = self.columns.index(column)
        sums = self._added(metric, lambda keys: keys[place])
        return {one: metric.figure(row) for one, row in sums.items()}

    def _added(self, metric: Metric, key: Callable[[Keys], Group]) -> dict[Group, Numbers]:
        sums: dict[Group, Numbers] = {}
        for keys, row in self.groups.get(metric, ()):
            one, before = key(keys), sums.get(key(keys))
            sums[one] = row if before is None else {name: before[name] + row[name] for name in row}
        return sums


def counted_together(
    metrics: Iterable[Metric],
    scope: MetricScope,
    columns: tuple[str, ...],
    grouped: Iterable[Metric],
) -> MetricsCounted:
    """Count every metric but the percentiles, one query for each table.

    Tables with a metric of ``grouped`` are counted by ``columns``, the others as a whole.
    """
    tables = defaultdict(list)
    for metric in metrics:
        if not isinstance(metric, Percentile):
            tables[metric.rows].append(metric)
    counted, wanted = MetricsCounted(columns), set(grouped)
    for of_table in tables.values():
        by = columns if wanted & set(of_table) else ()
        counted.groups |= _table(of_table, scope, by)
    return counted


def _table(
    metrics: list[Metric], scope: MetricScope, columns: tuple[str, ...]
) -> dict[Metric, Groups]:
    first = metrics[0]
    keys = [first.key(column) for column in columns]
    dates = {metric.dated: metric.within(scope.period) for metric in metrics}
    rows = first.narrowed(scope).filter(reduce(or_, dates.values())).order_by()
    numbers = {
        f"{metric.slug}_{name}": number
        for metric in metrics
        for name, number in metric.numbers(
            scope.at, metric.within(scope.period) & metric.condition(scope.at)
        ).items()
    }
    found = rows.values(*keys).annotate(**numbers) if keys else [rows.aggregate(**numbers)]
    return {
        metric: [
            (tuple(row[key] for key in keys), _numbers(metric, row))
            for row in found
            if row[f"{metric.slug}_N"]
        ]
        for metric in metrics
    }


def _numbers(metric: Metric, row: Numbers) -> Numbers:
    numbers = {"N": row[f"{metric.slug}_N"]}
    return numbers | {"n": row[f"{metric.slug}_n"]} if metric.is_rate else numbers


def totals(
    metrics: Iterable[Metric], scope: MetricScope, counted: MetricsCounted
) -> dict[Metric, Figure]:
    """Every metric over the whole scope; percentiles with one query more."""
    metrics = list(metrics)
    places = [metric for metric in metrics if isinstance(metric, Percentile)]
    lengths = percentiles(places, scope, lengths_counted(counted, places)) if places else {}
    return {metric: lengths.get(metric.slug) or counted.total(metric) for metric in metrics}


def lengths_counted(counted: MetricsCounted, places: list[Percentile]) -> int:
    """How many rows the percentiles are of: those of the mean beside them."""
    mean = next(metric for metric in counted.groups if metric.among is places[0].among)
    found: int = counted.numbers(mean)["N"]
    return found


def months_together(
    metrics: Iterable[Metric], scope: MetricScope, periods: list[Period]
) -> dict[Metric, list[Figure]]:
    """Figures of each period, whatever the scope's, all metrics in one query."""
    named = {metric.slug: metric for metric in metrics}
    parts = [
        metric.placed(scope, periods)
        .annotate(slug=Value(slug, output_field=CharField()))
        .values_list("slug", "place", *(["N", "n"] if metric.counted else ["N", "N"]))
        for slug, metric in named.items()
    ]
    found = {
        (slug, place): {"N": total, "n": n}
        for slug, place, total, n in parts[0].union(*parts[1:], all=True)
    }
    return {
        metric: [metric.figure(found.get((slug, i), metric.nothing)) for i in range(len(periods))]
        for slug, metric in named.items()
    }
