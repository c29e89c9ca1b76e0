"""Days as a person types them: 2026-11-05, 2026年11月5日, 2026-11, 2026-11-01..2026-11-05, 上月.

Pure. A span has a first and a last day, both inclusive; an open end is ``None``. Outside of a field a day
needs its year and separators: eight digits in a row may be a telephone number (``search.asking.question``).
"""

import re
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

Span = tuple[date | None, date | None]

_YEAR, _MONTH, _DAY = r"(199\d|20\d\d)", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
_WRITTEN = [re.compile(rf"{_YEAR}{gap}{_MONTH}{gap}{_DAY}(?!\d)") for gap in ("-", "/", r"\.")]
_WRITTEN.append(re.compile(rf"{_YEAR}年{_MONTH}月{_DAY}[日号]?(?!\d)"))
_BARE = re.compile(rf"^{_YEAR}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_THIS_YEAR = re.compile(rf"{_MONTH}(?:[-/.]{_DAY}|月{_DAY}[日号]?)")
_WHOLE_MONTH = re.compile(rf"{_YEAR}[-/.年]{_MONTH}月?")
_WHOLE_YEAR = re.compile(rf"{_YEAR}年?")
_BETWEEN = re.compile(r"\.\.+|~|至|到")


def _whole_month(day: date) -> Span:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _week(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


_ONE = timedelta(days=1)
_SAID: dict[str, Callable[[date], Span]] = {
    "今天": lambda today: (today, today),
    "昨天": lambda today: (today - _ONE, today - _ONE),
    "本周": _week,
    "上周": lambda today: _week(today - 7 * _ONE),
    "本月": _whole_month,
    "上月": lambda today: _whole_month(today.replace(day=1) - _ONE),
}
_SAID |= {
    "today": _SAID["今天"],
    "yesterday": _SAID["昨天"],
    "今日": _SAID["今天"],
    "昨日": _SAID["昨天"],
}


def day_at_start(text: str) -> tuple[date, int] | None:
    """Return the calendar day that ``text`` begins with and where it ends, if it is written as one."""
    for written in _WRITTEN:
        if found := written.match(text):
            year, month, day = map(int, found.groups())
            with suppress(ValueError):  # the 31st of February
                return date(year, month, day), found.end()
    return None


def span(text: str, today: date) -> Span | None:
    """Read a day, month or year, two of them with ``..`` between, a word such as 上月; else ``None``."""
    ends = _BETWEEN.split(text)
    if len(ends) == 1:
        return _one(text, today)
    if len(ends) > 2 or not any(ends):  # noqa: PLR2004 - from, to
        return None
    first, last = (_one(end, today) if end else (None, None) for end in ends)
    return (first[0], last[1]) if first and last else None


def is_span(text: str) -> bool:
    """Whether ``span`` can read it; the answer is the same on every day."""
    return span(text, date(2026, 12, 31)) is not None


def within(one: Span, other: Span) -> Span:
    """Return the days that are in both."""
    first = max((day for day in (one[0], other[0]) if day), default=None)
    last = min((day for day in (one[1], other[1]) if day), default=None)
    return first, last


def _one(text: str, today: date) -> Span | None:
    if said := _SAID.get(text):
        return said(today)
    text = _BARE.sub(r"\1-\2-\3", text)
    if (found := day_at_start(text)) and found[1] == len(text):
        return found[0], found[0]
    if short := _THIS_YEAR.fullmatch(text):
        return _last_time(int(short[1]), int(short[2] or short[3]), today)
    if month := _WHOLE_MONTH.fullmatch(text):
        return _whole_month(date(int(month[1]), int(month[2]), 1))
    if year := _WHOLE_YEAR.fullmatch(text):
        return date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    return None


def _last_time(month: int, day: int, today: date) -> Span | None:
    """Return the last such day up to today; a 29th of February may be years ago."""
    for year in range(today.year, today.year - 9, -1):
        with suppress(ValueError):
            if (found := date(year, month, day)) <= today:
                return found, found
    return None
