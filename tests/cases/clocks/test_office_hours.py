"""Office hours: read, refused, and the working time within them, forwards and backwards."""

from datetime import datetime, timedelta

import pytest

from cases.clocks.counting import SHANGHAI, Term, due
from cases.clocks.office_hours import OfficeHours, working_spans, working_time_before
from tests.cases.clocks.calendars import china


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def found(start, term, **settings):
    return due(local(start), Term.parse(term), china(), **settings)


def test_office_hours_are_the_offices_own():
    summer = OfficeHours.parse("08:00-12:00, 15:00-18:00")
    assert found("2026-03-02T11:00", "2wh", office=summer).at == local("2026-03-02T16:00")
    assert summer.day_length == timedelta(hours=7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8-12",
        "12:00-08:30",
        "08:30-12:00-14:00",
        "08:30-12:00,11:00-17:30",
        "08:30-12:00,12:00-17:30",
        "08:30+01:00-12:00+01:00",  # a zone: the clock it is compared with has none
    ],
)
def test_faulty_office_hours_are_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="is not a list of office hours such as"):
        OfficeHours.parse(text)


def test_an_office_without_hours_is_refused():
    needed = r"^Office hours must be spans in ascending order, at least one\.$"
    with pytest.raises(ValueError, match=needed):
        OfficeHours(())


@pytest.mark.parametrize(
    ("end", "hours", "start"),
    [
        ("2026-03-03T23:59", 4, "2026-03-03T11:00"),
        ("2026-03-03T13:00", 1, "2026-03-03T11:00"),
        ("2026-03-03T16:00", 4, "2026-03-03T09:30"),
        ("2026-03-03T16:00", 5, "2026-03-03T08:30"),
        ("2026-03-03T16:00", 6, "2026-03-02T16:30"),
        ("2026-02-23T12:00", 3, "2026-02-14T14:30"),
    ],
)
def test_working_time_is_counted_backwards_too(end, hours, start):
    spent = working_time_before(local(end), timedelta(hours=hours), china(), OfficeHours())
    assert spent == local(start)


def test_working_time_begins_after_a_span_that_just_closed():
    noon = local("2026-03-02T12:00")
    assert next(working_spans(noon, china(), OfficeHours())) == (
        local("2026-03-02T14:30"),
        local("2026-03-02T17:30"),
    )
