"""Figures of a scope: whole past months as they were rolled up, everything else counted now.

Rolled-up months hold every row of the office, secret cases too: they are only for the system itself and
for people who see all of it. Whoever sees less is counted for alone, over their own rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from cases.people.permissions import scope_of
from cases.people.person import Person
from satisfaction.metrics import Figure, Metric, MetricScope
from satisfaction.metrics.duration import Percentile, percentiles
from satisfaction.metrics.together import (
    Groups,
    MetricsCounted,
    counted_together,
    lengths_counted,
    months_together,
)
from satisfaction.periods import ONE_DAY, Period
from satisfaction.rollup.models.rolled import RolledMonth
from satisfaction.rollup.writing import (
    COLUMNS,
    RowsByMetric,
    declared,
    from_whole,
    in_groups,
    in_whole,
)


def sees_all(user: Person | None) -> bool:
    """Whether no row is hidden from the person (``None``: the system itself)."""
    return user is None or scope_of(user).sees_secret


@dataclass(frozen=True)
class Rolled:
    """What was read of one month; ``state`` names these numbers and no others."""

    first: date
    counted_at: datetime
    state: int
    whole: RowsByMetric
    groups: RowsByMetric


def rolled(
    months: Iterable[Period], scope: MetricScope, metrics: list[Metric], grouped: list[Metric]
) -> dict[date, Rolled]:
    """Those of the months that are rolled up and hold, in one query; of the groups only what is asked."""
    wanted = [month.first for month in months if month.is_month and month.end <= scope.at]
    if not wanted or not sees_all(scope.user):
        return {}
    slugs = [metric.slug for metric in (metrics if is_narrowed(scope) else grouped)]
    rows = RolledMonth.objects.usable(scope.at, declared()).filter(first__in=wanted)
    parts = rows.values_list("first", "counted_at", "counted", "whole", *_parts(slugs))
    return {
        first: Rolled(first, counted_at, counted, whole, dict(zip(slugs, groups, strict=True)))
        for first, counted_at, counted, whole, *groups in parts
    }


def _parts(slugs: list[str]) -> list[str]:
    return [f"groups__{slug}" for slug in slugs]


def is_narrowed(scope: MetricScope) -> bool:
    """Whether a channel or units are asked for, not the whole office."""
    return bool(scope.channel) or scope.unit_ids is not None


class ScopeReading:
    """The numbers of a scope, all metrics at once, ``grouped`` ones by unit and channel.

    ``used`` are the months taken as they were rolled up; ``is_live`` whether anything was counted now.
    """

    def __init__(
        self, metrics: Iterable[Metric], scope: MetricScope, grouped: Iterable[Metric]
    ) -> None:
        self.scope, self.metrics, self.grouped = scope, list(metrics), list(grouped)
        self.counted = MetricsCounted(COLUMNS)
        months = list(scope.period.months())
        self.used = rolled(months, scope, self.metrics, self.grouped)
        for month in self.used.values():
            self.counted.add(self._numbers(month))
        rest = list(joined(month for month in months if month.first not in self.used))
        for part in rest:
            live = counted_together(
                self.metrics, replace(scope, period=part), COLUMNS, self.grouped
            )
            self.counted.add(live.groups)
        self.is_live = bool(rest)

    def _numbers(self, month: Rolled) -> dict[Metric, Groups]:
        if is_narrowed(self.scope):
            return {one: in_groups(one, month.groups, self.scope) for one in self._added()}
        return {
            one: in_groups(one, month.groups, self.scope)
            if one in self.grouped
            else in_whole(one, month.whole)
            for one in self._added()
        }

    def _added(self) -> list[Metric]:
        return [metric for metric in self.metrics if not isinstance(metric, Percentile)]

    def totals(self) -> dict[Metric, Figure]:
        """Every metric over the whole scope; percentiles cannot be added and may need queries more.

        Of rolled-up months they change with ``used`` and not otherwise: nothing has happened to the tasks.
        """
        places = [metric for metric in self.metrics if isinstance(metric, Percentile)]
        found = self._percentiles(places) if places else {}
        return {
            metric: found.get(metric.slug) or self.counted.total(metric) for metric in self.metrics
        }

    def _percentiles(self, places: list[Percentile]) -> dict[str, Figure]:
        month = self.used.get(self.scope.period.first)
        if month and self.scope.period.is_month and not is_narrowed(self.scope):
            return {metric.slug: from_whole(metric, month.whole) for metric in places}
        total = None if self.used else lengths_counted(self.counted, places)
        return percentiles(places, self.scope, total)


class MonthsReading:
    """Figures of some months, each as it was rolled up, the others counted together in one query."""

    def __init__(self, metrics: list[Metric], scope: MetricScope, months: list[Period]) -> None:
        self.used = rolled(months, scope, metrics, [])
        live = [month for month in months if month.first not in self.used]
        counted = months_together(metrics, scope, live) if live else {}
        self.is_live = bool(live)
        self.figures = {
            metric: [
                _figure(metric, self.used[month.first], scope)
                if month.first in self.used
                else counted[metric][live.index(month)]
                for month in months
            ]
            for metric in metrics
        }


def _figure(metric: Metric, month: Rolled, scope: MetricScope) -> Figure:
    if not is_narrowed(scope):
        return from_whole(metric, month.whole)
    counted = MetricsCounted(COLUMNS)
    counted.add({metric: in_groups(metric, month.groups, scope)})
    return counted.total(metric)


def joined(months: Iterable[Period]) -> Iterable[Period]:
    """Periods that follow one another as one."""
    whole: Period | None = None
    for month in months:
        if whole and whole.last + ONE_DAY == month.first:
            whole = Period(whole.first, month.last)
            continue
        if whole:
            yield whole
        whole = month
    if whole:
        yield whole
