"""Counting by weeks equals counting day by day, also across unpublished years."""

from datetime import date, timedelta

from cases.clocks.in_force import calendar
from cases.reference.calendar_loading import load_calendar


def by_days(known, after, until):
    span = range(1, (until - after).days + 1)
    return sum(known.is_working(after + timedelta(days=i)) for i in span)


def test_weeks_and_days_agree(db):
    load_calendar()
    known = calendar().assuming_weekends()
    first = date(2019, 1, 1)
    for start in range(0, 3300, 11):
        after = first + timedelta(days=start)
        for length in (-3, 0, 1, 2, 5, 9, 40, 366):
            until = after + timedelta(days=length)
            assert known.workdays_between(after, until) == by_days(known, after, until)
