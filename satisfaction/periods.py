"""Periods of days in the office's time zone, both ends included.

Pure but for the current time zone of Django's settings (Asia/Shanghai).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

ONE_DAY = timedelta(days=1)
DECEMBER = 12


@dataclass(frozen=True)
class Period:
    """Days ``first`` to ``last``, both included; raises ``ValueError`` when they are turned round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("The last day lies before the first.")

    @property
    def start(self) -> datetime:
        """The first moment of the first day, aware."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after the last day, aware: periods are [start, end)."""
        return _midnight(self.last + ONE_DAY)

    @property
    def is_month(self) -> bool:
        """Whether it is exactly one calendar month."""
        return self == month_of(self.first)

    def months(self) -> Iterator["Period"]:
        """The calendar months it touches, cut at its ends."""
        day = self.first
        while day <= self.last:
            whole = month_of(day)
            yield Period(max(whole.first, self.first), min(whole.last, self.last))
            day = whole.last + ONE_DAY

    def earlier(self) -> "Period":
        """The month before for a month, else the same number of days before."""
        if self.is_month:
            return month_of(self.first - ONE_DAY)
        length = self.last - self.first
        return Period(self.first - length - ONE_DAY, self.first - ONE_DAY)

    def later(self) -> "Period":
        """The month after for a month, else the same number of days after."""
        if self.is_month:
            return month_of(self.last + ONE_DAY)
        length = self.last - self.first
        return Period(self.last + ONE_DAY, self.last + ONE_DAY + length)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def today(at: datetime) -> date:
    """The office's date at an aware moment."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()


def day_of(at: datetime) -> Period:
    """The office's day of a moment."""
    return Period(today(at), today(at))


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Period(first, following - ONE_DAY)


def year_of(year: int) -> Period:
    """A calendar year; raises ``ValueError`` outside 1–9998."""
    return Period(date(year, 1, 1), date(year, DECEMBER, 31))


def last_months(day: date, count: int) -> list[Period]:
    """The month of ``day`` and those before it, ``count`` in all, oldest first."""
    months = [month_of(day)]
    while len(months) < count:
        months.append(months[-1].earlier())
    return months[::-1]


def month_named(text: str) -> Period:
    """The month of ``"2018-06"``; raises ``ValueError``."""
    return month_of(date.fromisoformat(f"{text}-01"))
