"""The tables of the figures page: every metric with its definition, and three rates by three groups."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cases.models import Unit
from cases.words import Channel
from satisfaction.metrics import REGISTRY, Figure, Metric
from satisfaction.metrics.metric import Group, Words
from satisfaction.periods import Period, last_months
from satisfaction.rollup.reading import MonthsReading, Rolled, ScopeReading
from satisfaction.statistics.cells import Addresses, Cell
from satisfaction.statistics.selection import Selection, sees_all_units

COLUMNS = ("handled", "replied_on_time", "satisfied", "participation")
NOTHING = Figure(0, 0, is_rate=True)
TWELVE = 12


@dataclass(frozen=True)
class StatisticsTable:
    """Rows of a group with a cell for each of ``COLUMNS``."""

    slug: str
    title: Words
    head: Words
    rows: list[tuple[str, list[Cell]]]
    as_of: datetime | None = None


class StatisticsShown:
    """Everything the page of a selection shows, each table of the database read once.

    The numbers are read when it is made, the tables drawn up when they are asked for.
    """

    def __init__(self, chosen: Selection) -> None:
        self.chosen = chosen
        office = sees_all_units(chosen.user)
        metrics = [one for one in REGISTRY.values() if office or not one.is_office_only]
        self.columns = [REGISTRY[slug] for slug in COLUMNS]
        self.reading = ScopeReading(metrics, chosen.scope, self.columns)
        self.months = self._months()
        self.earlier = MonthsReading(self.columns, chosen.scope, self._others())

    @cached_property
    def totals(self) -> dict[Metric, Figure]:
        """Every metric the person may see, over the whole selection."""
        return self.reading.totals()

    def _months(self) -> list[Period]:
        """The months of the period; for one month the twelve that end with it."""
        period = self.chosen.period
        return last_months(period.first, TWELVE) if period.is_month else list(period.months())

    def _others(self) -> list[Period]:
        return [month for month in self.months if month != self.chosen.period]

    @cached_property
    def units(self) -> list[Unit]:
        """Every unit in the order of their codes, also for the choice at the head of the page."""
        return list(Unit.objects.all())

    @property
    def used(self) -> list[Rolled]:
        """The rolled-up months that are shown."""
        return [*self.reading.used.values(), *self.earlier.used.values()]

    @property
    def is_live(self) -> bool:
        """Whether anything shown was counted just now."""
        return self.reading.is_live or self.earlier.is_live

    @property
    def as_of(self) -> datetime | None:
        """When the oldest rolled-up month of the period was counted; ``None``: all counted now."""
        return _oldest(self.reading.used)

    def declared(self) -> list[Cell]:
        """Every metric the person may see."""
        where = Addresses(self.chosen)
        return [where.cell(metric, figure) for metric, figure in self.totals.items()]

    def tables(self) -> list[StatisticsTable]:
        """By unit, by channel, by month."""
        return [self.by_unit(), self.by_channel(), self.by_month()]

    def by_unit(self) -> StatisticsTable:
        """Units with anything to count, in the order of their codes."""
        counts = self._by("unit")
        keys = {key for found in counts.values() for key in found}
        rows = [
            (str(unit), self._cells(counts, unit.pk, unit=unit.code, alone="1"))
            for unit in self.units
            if unit.pk in keys
        ]
        if None in keys:  # answered directly: the table adds up
            none = [
                Cell(metric, found.get(None, _nothing(metric)), "")
                for metric, found in counts.items()
            ]
            rows.append((str(_("Without a unit")), none))
        return StatisticsTable("unit", _("By unit"), _("Unit"), rows)

    def by_channel(self) -> StatisticsTable:
        """Channels with anything to count, in their own order."""
        counts = self._by("channel")
        keys = {key for found in counts.values() for key in found}
        rows = [
            (str(channel.label), self._cells(counts, channel.value, channel=channel.value))
            for channel in Channel
            if channel.value in keys
        ]
        return StatisticsTable("channel", _("By channel"), _("Channel"), rows)

    def by_month(self) -> StatisticsTable:
        """One line for each month."""
        found = {metric: iter(figures) for metric, figures in self.earlier.figures.items()}
        rows = []
        for month in self.months:
            where = Addresses(self.chosen.over(month))
            figures = (
                self.totals[one] if month == self.chosen.period else next(found[one])
                for one in self.columns
            )
            cells = map(where.cell, self.columns, figures)
            rows.append((date_format(month.first, "Y-m"), list(cells)))
        return StatisticsTable("month", _("By month"), _("Month"), rows, _oldest(self.earlier.used))

    def _by(self, column: str) -> dict[Metric, dict[Group, Figure]]:
        return {metric: self.reading.counted.by(metric, column) for metric in self.columns}

    def _cells(
        self, counts: dict[Metric, dict[Group, Figure]], key: Group, **narrowed: str
    ) -> list[Cell]:
        where = Addresses(self.chosen, **narrowed)
        return [
            where.cell(metric, found.get(key, _nothing(metric))) for metric, found in counts.items()
        ]


def _oldest(used: dict[date, Rolled]) -> datetime | None:
    return min((month.counted_at for month in used.values()), default=None)


def _nothing(metric: Metric) -> Figure:
    return NOTHING if metric.is_rate else Figure(0)
