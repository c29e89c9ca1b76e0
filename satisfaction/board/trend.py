"""A line over months beside bars of volume, as points of an SVG drawn by the server.

The rate's scale need not start at zero, so it is a line with dots; the volume's bars do start at zero.
Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

LEFT, RIGHT, TOP, BOTTOM = 34, 368, 30, 140
STEP = 5  # percent between grid lines, at least
FULL = 100


class Month(NamedTuple):
    """What one month shows: its label, the rate in percent (``None``: nothing due), the volume."""

    label: str
    percent: float | None
    volume: int


class Dot(NamedTuple):
    """A point of the line, in the drawing's units."""

    x: float
    y: float
    words: str


class Bar(NamedTuple):
    """A bar of volume."""

    x: float
    y: float
    width: float
    height: float


class GridLine(NamedTuple):
    """A horizontal line with its words."""

    y: float
    words: str


@dataclass(frozen=True)
class Trend:
    """Everything the template draws."""

    dots: list[Dot]
    segments: list[tuple[Dot, Dot]]
    bars: list[Bar]
    lines: list[GridLine]
    labels: list[tuple[float, str]]

    @property
    def last(self) -> Dot | None:
        """The newest point, written out beside the line."""
        return self.dots[-1] if self.dots else None


def draw(months: Sequence[Month]) -> Trend:
    """Place the months from left to right; months without a rate leave a gap in the line."""
    width = (RIGHT - LEFT) / max(len(months), 1)
    middles = [LEFT + width * (place + 0.5) for place in range(len(months))]
    low, step = scale([month.percent for month in months if month.percent is not None])
    most = max((month.volume for month in months), default=0) or 1

    def height(percent: float) -> float:
        return round(BOTTOM - (percent - low) / (FULL - low) * (BOTTOM - TOP), 1)

    dots = [
        Dot(round(x, 1), height(month.percent), f"{month.percent:.1f}%")
        if month.percent is not None
        else None
        for x, month in zip(middles, months, strict=True)
    ]
    bars = [
        Bar(round(x - width / 3, 1), round(BOTTOM - tall, 1), round(width / 1.5, 1), round(tall, 1))
        for x, month in zip(middles, months, strict=True)
        for tall in [month.volume / most * (BOTTOM - TOP)]
    ]
    lines = [GridLine(height(at), f"{at}%") for at in range(low, FULL + 1, step)]
    labels = [(round(x, 1), month.label) for x, month in zip(middles, months, strict=True)]
    segments = [(a, b) for a, b in pairwise(dots) if a and b]
    return Trend([dot for dot in dots if dot], segments, bars, lines, labels)


def scale(percents: Sequence[float]) -> tuple[int, int]:
    """The lowest grid line under all points, and the step: two to four steps up to 100."""
    lowest = min(percents, default=80)
    for step in (STEP, 10, 20, 25):
        low = min(int(lowest // step) * step, FULL - 2 * step)
        if (FULL - low) / step <= 4:  # noqa: PLR2004 - more lines than four are a grid, not a scale
            return low, step
    return 0, 25
