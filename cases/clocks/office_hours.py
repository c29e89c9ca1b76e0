"""The hours in which an office works, and working time as spans of instants.

Pure: no Django. Source of the default: the usual hours of county offices, 08:30-12:00 and
14:30-17:30; the office sets its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from cases.clocks.calendar import ONE_DAY, WorkCalendar

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class OfficeHours:
    """Spans of local time within one day, in order and apart."""

    spans: tuple[tuple[time, time], ...] = (
        (time(8, 30), time(12)),
        (time(14, 30), time(17, 30)),
    )

    def __post_init__(self) -> None:
        edges = [edge for span in self.spans for edge in span]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise ValueError("Office hours must be spans in ascending order, at least one.")
        if any(edge.tzinfo for edge in edges):
            raise ValueError("Office hours are of the office's own clock.")

    @classmethod
    def parse(cls, text: str) -> "OfficeHours":
        """Read "08:30-12:00,14:30-17:30"; raises ``ValueError`` with a sentence."""
        try:
            return cls(
                tuple(
                    (time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip()))
                    for opens, closes in (part.split("-") for part in text.split(","))
                )
            )
        except ValueError as error:
            raise ValueError(
                f"“{text}” is not a list of office hours such as 08:30-12:00,14:30-17:30."
            ) from error

    @property
    def closes(self) -> time:
        """The end of the office day."""
        return self.spans[-1][1]

    @property
    def day_length(self) -> timedelta:
        """The working time of one day."""
        return sum((b - a for a, b in self.on(date.min, None)), timedelta())

    def on(self, day: date, tz: tzinfo | None) -> list[Span]:
        """Return the spans of this day as instants of zone ``tz``."""
        return [
            (datetime.combine(day, opens, tz), datetime.combine(day, closes, tz))
            for opens, closes in self.spans
        ]


def working_spans(start: datetime, calendar: WorkCalendar, office: OfficeHours) -> Iterator[Span]:
    """Yield the spans of working time from ``start`` on, without end, in ``start``'s zone."""
    day = start.date()
    while True:
        if calendar.is_working(day):
            for opens, closes in office.on(day, start.tzinfo):
                if closes > start:
                    yield max(opens, start), closes
        day += ONE_DAY


def working_time_before(
    end: datetime, span: timedelta, calendar: WorkCalendar, office: OfficeHours
) -> datetime:
    """Return the latest instant from which ``span`` of working time is left until ``end``."""
    day = end.date()
    while True:
        if calendar.is_working(day):
            for opens, closes in reversed(office.on(day, end.tzinfo)):
                length = min(closes, end) - opens
                if length >= span:
                    return min(closes, end) - span
                span -= max(length, timedelta())
        day -= ONE_DAY


OFFICE_HOURS = OfficeHours()
