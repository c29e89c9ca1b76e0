"""The tables of the figures page: every metric with its definition, and three rates by three groups."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cases.models import Unit
from cases.words import Channel
from satisfaction.metrics import REGISTRY, Figure, Metric
from satisfaction.metrics.together import Counted, counted_together, months_together, totals
from satisfaction.periods import last_months
from satisfaction.statistics.earlier import earlier_months
from satisfaction.statistics.selection import Selection, sees_all_units

COLUMNS = ("handled", "replied_on_time", "satisfied", "participation")
NOTHING = Figure(0, 0, is_rate=True)


@dataclass(frozen=True)
class Cell:
    """A figure of a metric with the addresses of its rows."""

    metric: Metric
    figure: Figure
    url: str
    missed_url: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of a group with a cell for each of ``COLUMNS``."""

    slug: str
    title: Any
    head: Any
    rows: list[tuple[str, list[Cell]]]


class Shown:
    """Everything the page of a selection shows, each table of the database read once."""

    def __init__(self, chosen: Selection) -> None:
        self.chosen = chosen
        office = sees_all_units(chosen.user)
        self.metrics = [one for one in REGISTRY.values() if office or not one.is_office_only]
        self.columns = [REGISTRY[slug] for slug in COLUMNS]
        self.counted = counted_together(
            self.metrics, chosen.scope, ("unit", "channel"), self.columns
        )

    @cached_property
    def units(self) -> list[Unit]:
        """Every unit in the order of their codes, also for the choice at the head of the page."""
        return list(Unit.objects.all())

    def declared(self) -> list[Cell]:
        """Every metric the person may see."""
        found = totals(self.metrics, self.chosen.scope, self.counted)
        return [cell(self.chosen, metric, figure) for metric, figure in found.items()]

    def tables(self) -> list[Table]:
        """By unit, by channel, by month."""
        return [self.by_unit(), self.by_channel(), by_month(self.chosen, self.counted)]

    def by_unit(self) -> Table:
        """Units with anything to count, in the order of their codes."""
        counts = self._by("unit")
        keys = {key for found in counts.values() for key in found}
        rows = [
            (str(unit), _cells(self.chosen, counts, unit.pk, unit=unit.code, alone="1"))
            for unit in self.units
            if unit.pk in keys
        ]
        if None in keys:  # answered directly: the table adds up
            none = [
                Cell(metric, found.get(None, _nothing(metric)), "")
                for metric, found in counts.items()
            ]
            rows.append((str(_("Without a unit")), none))
        return Table("unit", _("By unit"), _("Unit"), rows)

    def by_channel(self) -> Table:
        """Channels with anything to count, in their own order."""
        counts = self._by("channel")
        keys = {key for found in counts.values() for key in found}
        rows = [
            (str(channel.label), _cells(self.chosen, counts, channel.value, channel=channel.value))
            for channel in Channel
            if channel.value in keys
        ]
        return Table("channel", _("By channel"), _("Channel"), rows)

    def _by(self, column: str) -> dict[Metric, dict]:
        return {metric: self.counted.by(metric, column) for metric in self.columns}


def cell(chosen: Selection, metric: Metric, figure: Figure, **narrowed: str) -> Cell:
    """One figure with its addresses."""
    missed = metric.counted is not None
    return Cell(
        metric,
        figure,
        chosen.cases_url(metric, **narrowed),
        chosen.cases_url(metric, "missed", **narrowed) if missed else "",
    )


def by_month(chosen: Selection, counted: Counted) -> Table:
    """The months of the period; for one month the twelve that end with it."""
    metrics = [REGISTRY[slug] for slug in COLUMNS]
    if chosen.period.is_month:
        months = last_months(chosen.period.first, 12)
        counts = earlier_months(metrics, chosen.scope, months[:-1])
        for metric in metrics:
            counts[metric].append(counted.total(metric))
    else:
        months = list(chosen.period.months())
        counts = months_together(metrics, chosen.scope, months)
    rows = [
        (
            date_format(month.first, "Y-m"),
            [cell(chosen.over(month), metric, found[place]) for metric, found in counts.items()],
        )
        for place, month in enumerate(months)
    ]
    return Table("month", _("By month"), _("Month"), rows)


def _cells(chosen: Selection, counts: dict[Metric, dict], key: Any, **narrowed: str) -> list[Cell]:
    return [
        cell(chosen, metric, found.get(key, _nothing(metric)), **narrowed)
        for metric, found in counts.items()
    ]


def _nothing(metric: Metric) -> Figure:
    return NOTHING if metric.is_rate else Figure(0)
