"""The statutory working-day calendar (调休): holidays, worked weekends, published years.

Rule: a day is worked when the State Council's yearly notice says so; where the notice is silent,
Monday to Friday are worked. A county adds local holidays and emergency days as further rows.
Source: 国务院办公厅关于部分节假日安排的通知, one a year, published the November before. Until it is
published nothing certain can be said about a year, hence ``UnpublishedYear``.

Pure: no Django. Days are dates of the office's own time zone.
"""

from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import islice
from types import MappingProxyType

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class UnpublishedYear(LookupError):  # noqa: N818 - the contract's name; it is a state of the world
    """The working days of this year have not been announced."""

    def __init__(self, year: int) -> None:
        super().__init__(f"The working-day calendar of {year} has not been published.")
        self.year = year


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"  # a weekend day worked in exchange for a holiday


@dataclass(frozen=True)
class Day:
    """One day as the calendar sees it; ``is_assumed`` when its year is not published."""

    date: date
    kind: DayKind
    name: str = ""
    is_assumed: bool = False

    @property
    def is_working(self) -> bool:
        """Whether the office works on it."""
        return self.kind in {DayKind.WORKDAY, DayKind.MAKE_UP}


@dataclass(frozen=True)
class WorkCalendar:
    """Exceptions to Monday-to-Friday, and the years for which they are known.

    ``off`` and ``worked`` may name days that are no exception (a holiday's own Sunday): the name
    then explains the day. ``assumes_weekends`` makes an unpublished year count as plain weeks.
    """

    off: frozenset[date]
    worked: frozenset[date]
    published_years: frozenset[int]
    names: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}), compare=False)
    assumes_weekends: bool = False

    def __post_init__(self) -> None:
        both = self.off & self.worked
        if both:
            raise ValueError(f"{min(both)} is listed both as worked and as off.")

    def assuming_weekends(self) -> "WorkCalendar":
        """Return the same calendar, answering for unpublished years as if they had no holidays."""
        return self._assuming

    @cached_property
    def _assuming(self) -> "WorkCalendar":
        return replace(self, assumes_weekends=True)

    @cached_property
    def _exceptions(self) -> tuple[list[date], list[date]]:
        """Weekdays off and weekend days worked, each in order: what plain weeks get wrong."""
        off = sorted(day for day in self.off if day.weekday() < SATURDAY)
        return off, sorted(day for day in self.worked if day.weekday() >= SATURDAY)

    def _worked_until(self, day: date) -> int:
        """Count working days since Monday, 1 January 0001, up to and including ``day``."""
        weeks, rest = divmod(day.toordinal(), 7)
        off, worked = self._exceptions
        return weeks * SATURDAY + min(rest, SATURDAY) - bisect(off, day) + bisect(worked, day)

    def day(self, day: date) -> Day:
        """Return what is known about a day; raises ``UnpublishedYear``.

        A day that is listed is known, whatever its year: a notice sometimes moves the last days
        of the year before.
        """
        name = self.names.get(day, "")
        is_weekend = day.weekday() >= SATURDAY
        if day in self.off:
            return Day(day, DayKind.HOLIDAY, name)
        if day in self.worked:
            return Day(day, DayKind.MAKE_UP if is_weekend else DayKind.WORKDAY, name)
        is_assumed = day.year not in self.published_years
        if is_assumed and not self.assumes_weekends:
            raise UnpublishedYear(day.year)
        return Day(day, DayKind.WEEKEND if is_weekend else DayKind.WORKDAY, name, is_assumed)

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day; raises ``UnpublishedYear``."""
        return self.day(day).is_working

    def days_after(self, day: date) -> Iterator[Day]:
        """Yield every following day, without end."""
        while True:
            day += ONE_DAY
            yield self.day(day)

    def nth_workday_after(self, day: date, n: int) -> date:
        """Return the n-th working day after ``day``, which itself never counts."""
        if n < 1:
            raise ValueError(f"Working days are counted from 1, not {n}.")
        worked = (following.date for following in self.days_after(day) if following.is_working)
        return next(islice(worked, n - 1, None))

    def workdays_between(self, after: date, until: date) -> int:
        """Count working days later than ``after``, up to and including ``until``; 0 when reversed.

        A table of years asks this for every row, so it counts by weeks where every year is known.
        """
        if until <= after:
            return 0
        years = range((after + ONE_DAY).year, until.year + 1)
        if self.assumes_weekends or self.published_years.issuperset(years):
            return self._worked_until(until) - self._worked_until(after)
        span = range(1, (until - after).days + 1)
        return sum(self.is_working(after + timedelta(days=i)) for i in span)

    def smallest_term(self, received: date, answered: date) -> int:
        """Return the smallest term in working days that an answer would have kept.

        The day of receipt is not counted, whatever its hour, and the last day runs to its end:
        the smallest n such that ``answered`` is no later than the n-th working day after
        ``received``. That is one more than the working days strictly between; 0 on the same day.
        """
        if answered <= received:
            return 0
        return self.workdays_between(received, answered - ONE_DAY) + 1
