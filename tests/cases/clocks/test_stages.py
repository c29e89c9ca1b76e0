from datetime import UTC, datetime, timedelta

import pytest

from cases.clocks.counting import (
    SHANGHAI,
    AlarmStage,
    Announcement,
    Remaining,
    Term,
    Thresholds,
    alarms,
    due,
    remaining,
)
from tests.cases.clocks.calendars import china


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def clock(start, term):
    return local(start), due(local(start), Term.parse(term), china()).at


def test_the_alarms_of_five_working_days_in_order():
    start, end = clock("2026-03-02T10:00", "5wd")
    assert alarms(start, end, china()) == [
        Announcement(AlarmStage.WARN, end - (end - start) / 4),
        Announcement(AlarmStage.RED, local("2026-03-09T11:00")),
        Announcement(AlarmStage.OVERDUE, local("2026-03-10T00:00")),
        Announcement(AlarmStage.ESCALATE1, local("2026-03-11T00:00")),
        Announcement(AlarmStage.ESCALATE3, local("2026-03-13T00:00")),
        Announcement(AlarmStage.ESCALATE5, local("2026-03-17T00:00")),
    ]


def test_a_working_day_before_comes_earlier_than_a_quarter_at_short_notice():
    start, end = local("2026-02-12T08:30"), local("2026-02-23T12:00")  # ends within the holiday
    warn, red, *_ = alarms(start, end, china(), Thresholds(short_warn=1))
    assert warn.at == local("2026-02-14T08:30")
    assert red.at < end


@pytest.mark.parametrize(
    ("start", "term", "warn", "red"),
    [
        # one working day: yellow when the last day opens, red four working hours before its end
        ("2026-03-02T10:00", "1wd", "2026-03-03T08:30", "2026-03-03T11:00"),
        # too short for working hours: half and three quarters
        ("2026-03-06T18:00", "24h", "2026-03-07T06:00", "2026-03-07T12:00"),
        ("2026-03-02T10:00", "30min", "2026-03-02T10:15", "2026-03-02T10:22:30"),
    ],
)
def test_when_a_clock_turns_yellow_and_red(start, term, warn, red):
    begun, end = clock(start, term)
    stages = dict(alarms(begun, end, china()))
    assert stages[AlarmStage.WARN] == local(warn)
    assert stages[AlarmStage.RED] == local(red)


@pytest.mark.parametrize("term", ["1wd", "3wd", "5wd", "15wd", "7d", "24h", "2h", "4wh", "30min"])
@pytest.mark.parametrize("start", ["2026-02-12T10:00", "2026-03-06T18:00", "2026-12-30T09:00"])
def test_every_clock_has_its_alarms_in_order(start, term):
    begun, end = clock(start, term)
    found = alarms(begun, end, china())
    assert [alarm.stage for alarm in found] == list(AlarmStage)
    assert [alarm.at for alarm in found] == sorted(alarm.at for alarm in found)


def test_thresholds_are_the_offices_own():
    begun, end = clock("2026-03-02T10:00", "10wd")
    own = Thresholds(warn_workdays=3, red=timedelta(hours=13))
    warn, red, *_ = alarms(begun, end, china(), own)
    assert warn.at == local("2026-03-12T08:30")
    assert red.at == local("2026-03-13T08:30")


def test_a_deadline_before_its_start_is_late_at_once():
    start, end = local("2026-03-02T10:00"), local("2026-03-02T09:00")
    assert alarms(start, end, china())[2].stage is AlarmStage.OVERDUE


@pytest.mark.parametrize(
    ("now", "end", "left"),
    [
        ("2026-02-12T10:00", "2026-02-26T12:30", Remaining(False, 14, 2, 30, 5)),
        ("2026-03-03T10:00", "2026-03-03T23:59:59", Remaining(False, 0, 13, 59, 0)),
        ("2026-03-03T10:00", "2026-03-03T10:00", Remaining(False, 0, 0, 0, 0)),
        ("2026-03-09T10:01", "2026-03-06T10:00", Remaining(True, 3, 0, 1, 1)),
        ("2027-03-01T10:00", "2027-03-03T10:00", Remaining(False, 2, 0, 0, 2)),
    ],
)
def test_what_remains(now, end, left):
    assert remaining(local(now), local(end), china()) == left


def test_yellow_and_red_may_fall_on_the_half_itself():
    stages = dict(alarms(local("2026-03-02T04:30"), local("2026-03-02T17:30"), china()))
    assert stages[AlarmStage.RED] == local("2026-03-02T11:00")  # half of thirteen hours is left


def test_days_are_those_of_the_zone_asked_for():
    """In Greenwich it is still Friday, and still Sunday, when the next day has begun in China."""
    friday = datetime(2026, 3, 6, 20, tzinfo=UTC)
    stages = dict(alarms(friday - timedelta(days=4), friday, china(), Thresholds(tz=UTC)))
    assert stages[AlarmStage.ESCALATE1] == friday + timedelta(days=3) + timedelta.resolution
    sunday, monday = friday + timedelta(days=2), friday + timedelta(days=3)
    assert remaining(sunday, monday, china(), UTC).workdays == 1


def test_an_hour_left_is_an_hour():
    at = local("2026-03-02T10:00")
    left = remaining(at, at + timedelta(minutes=60), china())
    assert (left.days, left.hours, left.minutes) == (0, 1, 0)
    left = remaining(at, at + timedelta(hours=23, minutes=59), china())
    assert (left.days, left.hours, left.minutes) == (0, 23, 59)
