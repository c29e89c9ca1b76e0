"""One figure on a page: its words, and the addresses of the rows behind it."""

from dataclasses import dataclass

from django.template.defaultfilters import floatformat
from django.urls import reverse

from satisfaction.metrics import Figure, Metric
from satisfaction.statistics.selection import Selection


@dataclass(frozen=True)
class Cell:
    """A figure of a metric with the address of its rows; "" where nothing can be listed."""

    metric: Metric
    figure: Figure
    url: str

    @property
    def missed_url(self) -> str:
        """The address of the rows that do not count as n; "" for plain counts."""
        return f"{self.url}&which=missed" if self.url and self.metric.counted is not None else ""

    @property
    def said(self) -> str:
        """As a person reads it: ``93.0%``, ``31.5 h``, ``1,234``, ``—`` without anything to count."""
        figure = self.figure
        if figure.value is None:
            return "—"
        if self.metric.is_hours:
            return f"{floatformat(figure.value, 1)} h"
        if figure.is_rate and figure.n is not None and figure.N:
            tenths = (2000 * figure.n + figure.N) // (2 * figure.N)  # halves go up
            return f"{tenths // 10}.{tenths % 10}%"
        return f"{figure.n:,}"

    @property
    def both(self) -> str:
        """Both numbers of a rate: ``3,727 / 4,008``; a count alone."""
        figure = self.figure
        return f"{figure.n:,} / {figure.N:,}" if figure.is_rate else f"{figure.n:,}"


class Addresses:
    """The addresses of the rows behind a selection's figures, the selection written out once."""

    def __init__(self, chosen: Selection, **narrowed: str) -> None:
        self.query = chosen.query(**narrowed)

    def cell(self, metric: Metric, figure: Figure) -> Cell:
        """A figure with its address."""
        return Cell(metric, figure, f"{path(metric.slug)}?{self.query}")


def path(slug: str) -> str:
    """The page of the rows behind a metric."""
    return reverse("satisfaction:figure_cases", args=[slug])
