"""Terms of hours and paused days against a walk, minute by minute or day by day."""

from datetime import date, datetime, time, timedelta
from functools import cache

import chinese_calendar
import pytest

from cases.clocks.counting import SHANGHAI, Pause, Term, due
from tests.cases.clocks.calendars import china

MINUTE = timedelta(minutes=1)
STARTS = [
    datetime(2026, 2, day, hour, minute, tzinfo=SHANGHAI)
    for day in (13, 14, 26)
    for hour, minute in ((0, 0), (11, 45), (17, 30), (23, 59))
]
PAUSES = [(), ((2, 5),), ((0, 30), (20, 50)), ((-3, 1), (0, 2), (70, 400)), ((24, 24), (25, 96))]


is_workday = cache(chinese_calendar.is_workday)


def open_at(moment):
    """Whether the office works in the minute that begins now, as chinesecalendar has it."""
    hours = moment.hour * 60 + moment.minute
    in_hours = 510 <= hours < 720 or 870 <= hours < 1050
    return in_hours and is_workday(moment.date())


@cache
def open_minutes(day: date):
    midnight = datetime.combine(day, time.min, SHANGHAI)
    return [m for m in (midnight + i * MINUTE for i in range(1440)) if open_at(m)]


def spans(start, hours):
    return [(start + timedelta(hours=a), start + timedelta(hours=b)) for a, b in hours]


@pytest.mark.parametrize("term", ["30min", "24h", "2wh", "7wh"])
@pytest.mark.parametrize("hours", PAUSES)
def test_hours_and_minutes_end_where_a_walk_ends(term, hours):
    asked = Term.parse(term)
    for start in STARTS:
        paused = spans(start, hours)
        left, at = asked.span, start
        while left:
            runs = not any(a <= at < b for a, b in paused)
            if runs and (term[-2:] != "wh" or open_at(at)):
                left -= MINUTE
            at += MINUTE
        found = due(start, asked, china(), [Pause(a, b) for a, b in paused])
        assert found.at == at, (start, term, hours)


@pytest.mark.parametrize("amount", [1, 3, 5])
@pytest.mark.parametrize("hours", PAUSES)
def test_paused_days_are_not_counted_as_a_walk_counts_them(amount, hours):
    for start in STARTS:
        paused = spans(start, hours)
        left, day = amount, start.date()
        while left:
            day += timedelta(days=1)
            left -= is_counted(day, paused, is_last=left == 1)
        found = due(start, Term.parse(f"{amount}wd"), china(), [Pause(a, b) for a, b in paused])
        assert found.at == datetime.combine(day, time.max, SHANGHAI), (start, amount, hours)


def is_counted(day: date, paused, *, is_last: bool) -> bool:
    if not is_workday(day):
        return False
    midnight = datetime.combine(day, time.min, SHANGHAI)
    stood = all(any(a <= m < b for a, b in paused) for m in open_minutes(day))
    end = midnight + timedelta(days=1) - timedelta(microseconds=1)
    ends_paused = any(a <= end <= b for a, b in paused)
    return not (stood or (is_last and ends_paused))
