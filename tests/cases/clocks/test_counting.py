import json
from datetime import UTC, date, datetime, time, timedelta

import pytest

from cases.clocks.calendar import DayKind
from cases.clocks.counting import SHANGHAI, Deadline, DueStep, Pause, StepCode, Term, due
from cases.clocks.office_hours import OfficeHours
from tests.cases.clocks.calendars import china


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def found(start, term, pauses=(), **settings) -> Deadline:
    return due(local(start), Term.parse(term), china(), pauses, **settings)


def paused(start, end=None):
    return Pause(local(start), end and local(end))


def end_of(day):
    return datetime.combine(date.fromisoformat(day), time.max, SHANGHAI)


@pytest.mark.parametrize("hour", ["00:00:00", "10:00:00", "18:30:00", "23:59:59.999999"])
@pytest.mark.parametrize(
    ("start", "term", "last"),
    [
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-10-10", 1, "2026-10-12"),
        ("2026-09-19", 1, "2026-09-20"),
        ("2026-09-24", 1, "2026-09-28"),
        ("2026-01-02", 1, "2026-01-04"),
        ("2025-09-26", 5, "2025-10-10"),
        ("2025-01-27", 2, "2025-02-06"),
        ("2026-04-28", 15, "2026-05-21"),
        ("2025-10-11", 5, "2025-10-17"),
        ("2024-02-28", 1, "2024-02-29"),
        ("2025-12-31", 1, "2026-01-04"),
    ],
)
def test_golden_terms_in_working_days(start, term, last, hour):
    deadline = found(f"{start}T{hour}", f"{term}wd")
    assert deadline.at == end_of(last)
    assert not deadline.is_provisional
    assert not deadline.is_suspended


def test_a_term_into_an_unpublished_year_is_provisional():
    deadline = found("2026-12-30T10:00", "5wd")
    assert deadline.is_provisional
    assert deadline.at == end_of("2027-01-06")  # Friday the 1st counted as a plain weekday
    assert [step.is_assumed for step in deadline.steps] == [False] * 2 + [True] * 7


def test_the_day_is_that_of_the_office_not_of_greenwich():
    start = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # 00:30 on the 3rd in Shanghai
    assert due(start, Term.parse("1wd"), china()).at == end_of("2026-03-04")
    assert due(start, Term.parse("1wd"), china(), tz=UTC).at.date() == date(2026, 3, 3)


def test_the_last_day_may_end_with_office_hours():
    deadline = found("2026-03-02T10:00", "1wd", day_end=OfficeHours().closes)
    assert deadline.at == local("2026-03-03T17:30")


@pytest.mark.parametrize(
    ("start", "term", "at"),
    [
        ("2026-09-30T10:00", "7d", "2026-10-07T23:59:59.999999"),
        ("2024-02-28T10:00", "2d", "2024-03-01T23:59:59.999999"),
        ("2026-12-30T10:00", "24h", "2026-12-31T10:00"),
        ("2026-02-14T18:00", "48h", "2026-02-16T18:00"),
        ("2026-03-02T23:45", "30min", "2026-03-03T00:15"),
        ("2026-03-02T10:00", "2wh", "2026-03-02T12:00"),
        ("2026-03-02T11:30", "2wh", "2026-03-02T16:00"),
        ("2026-03-02T13:00", "1wh", "2026-03-02T15:30"),
        ("2026-03-02T15:30", "4wh", "2026-03-03T10:30"),
        ("2026-03-02T20:00", "1wh", "2026-03-03T09:30"),
        ("2026-02-14T16:30", "2wh", "2026-02-24T09:30"),  # nine days of Spring Festival
        ("2026-10-01T09:00", "2wh", "2026-10-08T10:30"),
    ],
)
def test_terms_in_other_units(start, term, at):
    assert found(start, term).at == local(at)


@pytest.mark.parametrize(
    ("pauses", "last"),
    [
        ([], "2026-03-05"),
        ([("2026-03-03T10:00", "2026-03-03T16:00")], "2026-03-05"),  # part of a day: no change
        ([("2026-03-03T08:30", "2026-03-03T17:30")], "2026-03-06"),
        ([("2026-03-02T16:00", "2026-03-04T09:00")], "2026-03-06"),
        # two that overlap are one: Tuesday and Wednesday stand still
        (
            [("2026-03-04T08:00", "2026-03-04T18:00"), ("2026-03-03T08:00", "2026-03-04T10:00")],
            "2026-03-09",
        ),
        # one inside another adds nothing
        (
            [("2026-03-03T08:00", "2026-03-03T18:00"), ("2026-03-03T09:00", "2026-03-03T10:00")],
            "2026-03-06",
        ),
        ([("2026-03-07T00:00", "2026-03-08T00:00")], "2026-03-05"),  # after the end
        ([("2026-03-07T00:00", "2026-03-07T00:00")], "2026-03-05"),  # of no length
        # the last day may not end within a pause
        ([("2026-03-05T16:00", "2026-03-09T10:00")], "2026-03-09"),
    ],
)
def test_a_day_wholly_paused_is_not_counted(pauses, last):
    deadline = found("2026-03-02T10:00", "3wd", [paused(*p) for p in pauses])
    assert deadline.at == end_of(last)
    assert not deadline.is_suspended


def test_natural_days_stand_still_from_midnight_to_midnight():
    a_day = [paused("2026-03-03T00:00", "2026-03-04T00:00")]
    office_day = [paused("2026-03-03T08:00", "2026-03-03T18:00")]
    assert found("2026-03-02T10:00", "7d", a_day).at == end_of("2026-03-10")
    assert found("2026-03-02T10:00", "7d", office_day).at == end_of("2026-03-09")


def test_pauses_that_touch_are_one():
    halves = [
        paused("2026-03-03T00:00", "2026-03-03T12:00"),
        paused("2026-03-03T12:00", "2026-03-04T00:00"),
    ]
    assert found("2026-03-02T10:00", "7d", halves).at == end_of("2026-03-10")


def test_the_longest_term_in_hours_comes_to_its_end():
    start = local("2026-03-02T10:00")
    assert found("2026-03-02T10:00", "9999h").at == start + timedelta(hours=9999)


@pytest.mark.parametrize(
    ("term", "pauses", "at"),
    [
        ("24h", [("2026-03-02T12:00", "2026-03-02T15:00")], "2026-03-03T13:00"),
        ("24h", [("2026-03-02T09:00", "2026-03-02T11:00")], "2026-03-03T11:00"),
        ("24h", [("2026-03-04T09:00", "2026-03-04T11:00")], "2026-03-03T10:00"),
        ("2wh", [("2026-03-02T11:00", "2026-03-02T15:00")], "2026-03-02T16:00"),
        ("2wh", [("2026-03-02T11:00", "2026-03-02T11:30")], "2026-03-02T15:00"),
        ("30min", [("2026-03-02T10:10", "2026-03-02T10:20")], "2026-03-02T10:40"),
    ],
)
def test_hours_stand_still_for_the_paused_span(term, pauses, at):
    assert found("2026-03-02T10:00", term, [paused(*p) for p in pauses]).at == local(at)


def test_a_pause_that_lasts_moves_the_deadline_as_time_goes_on():
    lasting = [paused("2026-03-03T08:00")]
    on_friday = found("2026-03-02T10:00", "3wd", lasting, as_of=local("2026-03-06T09:00"))
    assert on_friday.at == end_of("2026-03-10")
    assert on_friday.is_suspended
    before = found("2026-03-02T10:00", "3wd", lasting, as_of=local("2026-03-02T11:00"))
    assert before.at == end_of("2026-03-05")


def test_a_pause_that_lasts_needs_the_instant_of_the_question():
    asked = r"^A pause that still lasts needs the instant of the question \(as_of\)\.$"
    with pytest.raises(ValueError, match=asked):
        found("2026-03-02T10:00", "3wd", [paused("2026-03-03T08:00")])


def test_instants_without_a_zone_are_refused():
    naive = datetime(2026, 3, 2, 10)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match=r"^A term needs a start with a time zone\.$"):
        due(naive, Term.parse("1wd"), china())
    with pytest.raises(ValueError, match=r"^A pause needs instants with a time zone\.$"):
        Pause(naive)
    with pytest.raises(ValueError, match=r"^A pause needs instants with a time zone\.$"):
        Pause(local("2026-03-02T10:00"), naive)


def test_a_pause_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match=r"^A pause cannot end before it starts\.$"):
        paused("2026-03-02T10:00", "2026-03-02T09:00")


def test_a_deadline_explains_each_day():
    steps = found("2026-02-12T10:00", "3wd", [paused("2026-02-13T08:00", "2026-02-13T18:00")]).steps
    assert steps[0] == DueStep(
        StepCode.START, date(2026, 2, 12), DayKind.WORKDAY, begins=local("2026-02-12T10:00")
    )
    assert steps[1] == DueStep(StepCode.PAUSED, date(2026, 2, 13), DayKind.WORKDAY)
    assert steps[2] == DueStep(StepCode.COUNTED, date(2026, 2, 14), DayKind.MAKE_UP, "春节", 1)
    assert steps[3:12] == tuple(
        DueStep(StepCode.SKIPPED, date(2026, 2, day), DayKind.HOLIDAY, "春节", 1)
        for day in range(15, 24)
    )
    assert [(step.code, step.day.day, step.count) for step in steps[12:]] == [
        (StepCode.COUNTED, 24, 2),
        (StepCode.COUNTED, 25, 3),
        (StepCode.DUE, 25, 3),
    ]


def test_hours_are_explained_by_the_spans_they_ran_in():
    steps = found("2026-03-02T11:30", "2wh").steps
    assert [(step.code, step.count) for step in steps] == [
        (StepCode.START, 0),
        (StepCode.RAN, 30),
        (StepCode.RAN, 90),
        (StepCode.DUE, 0),
    ]
    assert (steps[2].begins, steps[2].ends) == (
        local("2026-03-02T14:30"),
        local("2026-03-02T16:00"),
    )


def test_hours_are_explained_from_their_start_and_not_by_moments_without_length():
    at_once = paused("2026-03-02T09:00", "2026-03-02T11:00")
    steps = found("2026-03-02T10:00", "2h", [at_once]).steps
    assert steps[0].begins == local("2026-03-02T10:00")
    assert [(step.code, step.count) for step in steps[1:]] == [
        (StepCode.RAN, 120),
        (StepCode.DUE, 0),
    ]


def test_days_of_an_explanation_are_those_of_the_zone_asked_for():
    """Of an office in Greenwich: what runs on at 17:00 there runs on the same day, not the next."""
    start = datetime(2026, 3, 2, 10, tzinfo=UTC)
    stop = Pause(start.replace(hour=15), start.replace(hour=17))
    steps = due(start, Term.parse("6h"), china(), [stop], tz=UTC).steps
    assert [(step.code, step.day.day, step.count) for step in steps] == [
        (StepCode.START, 2, 0),
        (StepCode.RAN, 2, 300),
        (StepCode.RAN, 2, 60),
        (StepCode.DUE, 2, 0),
    ]


def test_an_explanation_is_plain_json():
    told = json.loads(json.dumps(found("2026-03-06T10:00", "1wd").explanation()))
    assert told == {
        "policy": "",
        "term": "1wd",
        "at": "2026-03-09T23:59:59.999999+08:00",
        "is_provisional": False,
        "is_suspended": False,
        "steps": [
            {
                "code": "start",
                "day": "2026-03-06",
                "kind": "workday",
                "begins": "2026-03-06T10:00:00+08:00",
            },
            {"code": "skipped", "day": "2026-03-07", "kind": "weekend"},
            {"code": "skipped", "day": "2026-03-08", "kind": "weekend"},
            {"code": "counted", "day": "2026-03-09", "kind": "workday", "count": 1},
            {
                "code": "due",
                "day": "2026-03-09",
                "kind": "workday",
                "count": 1,
                "ends": "2026-03-09T23:59:59.999999+08:00",
            },
        ],
    }
