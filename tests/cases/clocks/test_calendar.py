import os
from bisect import bisect_right
from datetime import date, timedelta
from pathlib import Path

import pytest

from cases.clocks.calendar import Day, DayKind, UnpublishedYear, WorkCalendar
from tests.cases.clocks.calendars import china
from tests.cases.clocks.oracles import all_days, by_chinesecalendar, by_holidays, by_notices

TERMS = (1, 3, 5, 7, 10, 13, 15)


def test_the_shipped_years_are_2004_to_2026():
    assert china().published_years == frozenset(range(2004, 2027))


@pytest.mark.parametrize("oracle", [by_chinesecalendar, by_holidays])
def test_every_day_is_worked_as_another_library_says(oracle):
    assert tuple(day for day in all_days() if china().is_working(day)) == oracle()


def test_every_day_is_worked_as_the_notices_say():
    folder = os.environ.get("HOTLINE_REAL_DATA")
    if not folder:
        pytest.skip("HOTLINE_REAL_DATA names no folder with reference/holiday_cn in it.")
    notices = by_notices(Path(folder) / "reference" / "holiday_cn")
    assert tuple(day for day in all_days() if china().is_working(day)) == notices


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("oracle", [by_chinesecalendar, by_holidays])
def test_the_nth_workday_is_that_of_another_library(oracle, term):
    worked = oracle()
    checked = 0
    for day in all_days():
        at = bisect_right(worked, day) + term - 1
        if at < len(worked):
            assert china().nth_workday_after(day, term) == worked[at], day
            checked += 1
    assert checked > 2890


def test_the_smallest_term_is_the_one_found_by_trying():
    calendar = china()
    for received in all_days()[200:1300:3]:
        for gap in (*range(-2, 16), 31):
            answered = received + timedelta(days=gap)
            tried = 0
            if gap > 0:
                tried = 1
                while answered > calendar.nth_workday_after(received, tried):
                    tried += 1
            assert calendar.smallest_term(received, answered) == tried, (received, answered)


@pytest.mark.parametrize(
    ("received", "answered", "term"),
    [
        ("2026-02-12", "2026-02-12", 0),
        ("2026-02-12", "2026-02-11", 0),
        ("2026-02-12", "2026-02-13", 1),
        ("2026-02-12", "2026-02-14", 2),  # a worked Saturday
        ("2026-02-12", "2026-02-15", 3),  # a holiday: within the term that ends on the 24th
        ("2026-02-12", "2026-02-24", 3),
        ("2026-02-12", "2026-02-25", 4),
        ("2024-02-28", "2024-02-29", 1),  # leap day
    ],
)
def test_smallest_terms_by_hand(received, answered, term):
    found = china().smallest_term(date.fromisoformat(received), date.fromisoformat(answered))
    assert found == term


def test_workdays_between_leaves_out_the_first_day_and_takes_the_last():
    assert china().workdays_between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert china().workdays_between(date(2026, 10, 10), date(2026, 9, 30)) == 0
    assert china().workdays_between(date(2025, 12, 31), date(2026, 12, 31)) == 248


def test_an_unpublished_year_is_refused():
    with pytest.raises(UnpublishedYear, match="2027") as refused:
        china().is_working(date(2027, 1, 4))
    assert refused.value.year == 2027
    with pytest.raises(UnpublishedYear):
        china().nth_workday_after(date(2026, 12, 30), 5)
    with pytest.raises(UnpublishedYear):
        china().workdays_between(date(2026, 12, 30), date(2027, 1, 4))


def test_a_span_that_names_every_day_is_counted_day_by_day():
    days = frozenset(date(2027, 1, day) for day in range(1, 11))
    third = frozenset({date(2027, 1, 3)})
    calendar = WorkCalendar(off=third, worked=days - third, published_years=frozenset())
    assert calendar.workdays_between(date(2026, 12, 31), date(2027, 1, 10)) == 9


def test_an_unpublished_year_may_be_assumed_to_be_plain_weeks():
    calendar = china().assuming_weekends()
    assert calendar.day(date(2027, 1, 4)) == Day(date(2027, 1, 4), DayKind.WORKDAY, is_assumed=True)
    assert calendar.day(date(2027, 1, 2)) == Day(date(2027, 1, 2), DayKind.WEEKEND, is_assumed=True)
    assert not calendar.day(date(2026, 12, 31)).is_assumed


def test_a_day_says_why_it_is_worked_or_not():
    day = china().day
    assert day(date(2026, 2, 14)) == Day(date(2026, 2, 14), DayKind.MAKE_UP, "春节")
    assert day(date(2026, 2, 16)) == Day(date(2026, 2, 16), DayKind.HOLIDAY, "春节")
    assert day(date(2026, 3, 1)) == Day(date(2026, 3, 1), DayKind.WEEKEND)
    assert day(date(2026, 3, 2)) == Day(date(2026, 3, 2), DayKind.WORKDAY)


def test_a_local_row_on_a_weekday_counts_as_an_ordinary_workday():
    calendar = WorkCalendar(frozenset(), frozenset({date(2026, 3, 2)}), frozenset())
    assert calendar.day(date(2026, 3, 2)) == Day(date(2026, 3, 2), DayKind.WORKDAY)


def test_a_day_cannot_be_both_worked_and_off():
    both = frozenset({date(2026, 3, 2)})
    with pytest.raises(ValueError, match="2026-03-02 is listed both"):
        WorkCalendar(both, both, frozenset({2026}))


def test_working_days_are_counted_from_one():
    with pytest.raises(ValueError, match="counted from 1, not 0"):
        china().nth_workday_after(date(2026, 3, 2), 0)
