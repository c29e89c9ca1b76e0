"""The tables of the figures page: every metric with its definition, and three rates by three groups."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cases.models import Unit
from cases.words import Channel
from satisfaction.metrics import REGISTRY, Figure, Metric
from satisfaction.periods import last_months
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


def declared(chosen: Selection) -> list[Cell]:
    """Every metric the person may see, counted."""
    return [
        cell(chosen, metric, metric.count(chosen.scope))
        for metric in REGISTRY.values()
        if sees_all_units(chosen.user) or not metric.is_office_only
    ]


def cell(chosen: Selection, metric: Metric, figure: Figure, **narrowed: str) -> Cell:
    """One figure with its addresses."""
    missed = metric.counted is not None
    return Cell(
        metric,
        figure,
        chosen.cases_url(metric, **narrowed),
        chosen.cases_url(metric, "missed", **narrowed) if missed else "",
    )


def tables(chosen: Selection) -> list[Table]:
    """By unit, by channel, by month."""
    return [by_unit(chosen), by_channel(chosen), by_month(chosen)]


def by_unit(chosen: Selection) -> Table:
    """Units with anything to count, in the order of their codes."""
    counts = {slug: REGISTRY[slug].by(chosen.scope, "unit") for slug in COLUMNS}
    keys = {key for found in counts.values() for key in found if key is not None}
    rows = [
        (str(unit), _cells(chosen, counts, unit.pk, unit=unit.code, alone="1"))
        for unit in Unit.objects.filter(pk__in=keys)
    ]
    if any(None in found for found in counts.values()):  # answered directly: the table adds up
        none = [
            Cell(REGISTRY[slug], found.get(None, _nothing(slug)), "")
            for slug, found in counts.items()
        ]
        rows.append((str(_("Without a unit")), none))
    return Table("unit", _("By unit"), _("Unit"), rows)


def by_channel(chosen: Selection) -> Table:
    """Channels with anything to count, in their own order."""
    counts = {slug: REGISTRY[slug].by(chosen.scope, "channel") for slug in COLUMNS}
    keys = {key for found in counts.values() for key in found}
    rows = [
        (str(channel.label), _cells(chosen, counts, channel.value, channel=channel.value))
        for channel in Channel
        if channel.value in keys
    ]
    return Table("channel", _("By channel"), _("Channel"), rows)


def by_month(chosen: Selection) -> Table:
    """The months of the period; for one month the twelve that end with it."""
    is_short = chosen.period.is_month
    months = last_months(chosen.period.first, 12) if is_short else list(chosen.period.months())
    whole = chosen.over(type(chosen.period)(months[0].first, months[-1].last))
    counts = {slug: REGISTRY[slug].by_periods(whole.scope, months) for slug in COLUMNS}
    rows = [
        (
            date_format(month.first, "Y-m"),
            [
                cell(chosen.over(month), REGISTRY[slug], found[place])
                for slug, found in counts.items()
            ],
        )
        for place, month in enumerate(months)
    ]
    return Table("month", _("By month"), _("Month"), rows)


def _cells(chosen: Selection, counts: dict[str, dict], key: Any, **narrowed: str) -> list[Cell]:
    return [
        cell(chosen, REGISTRY[slug], found.get(key, _nothing(slug)), **narrowed)
        for slug, found in counts.items()
    ]


def _nothing(slug: str) -> Figure:
    return NOTHING if REGISTRY[slug].is_rate else Figure(0)
