"""The office's own 1,917 letters: imported whole, counted like an independent library counts.

Needs ``HOTLINE_REAL_DATA`` (a folder with ``letters/with_replies.xlsx``); the letters are not part of the
product.
"""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import holidays
import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from cases.lifecycle.book import CASES
from cases.models import Case, Category

pytestmark = pytest.mark.real_data
FILE = Path(os.environ.get("HOTLINE_REAL_DATA", "/nonexistent")) / "letters" / "with_replies.xlsx"


def working(day, calendar):
    return calendar.is_working_day(day)


def within(received, answered, term, calendar):
    """Whether ``answered`` is not after the ``term``-th working day after ``received``."""
    day = received
    for _ in range(term):
        day += timedelta(days=1)
        while not working(day, calendar):
            day += timedelta(days=1)
    return answered <= day


@pytest.fixture
def spans():
    if not FILE.exists():
        pytest.skip("HOTLINE_REAL_DATA does not lead to letters/with_replies.xlsx")
    book = load_workbook(FILE, read_only=True)
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    book.close()
    read = "%Y/%m/%d %H:%M:%S"
    return [
        (datetime.strptime(row[3], read).date(), datetime.strptime(row[6], read).date())  # noqa: DTZ007
        for row in rows
    ]


def test_all_letters_come_in_and_are_counted_as_holidays_counts(spans, reference, capsys):
    Category.objects.create(code="15", name="其他", path="其他", level=1)
    call_command("import_letters", FILE, channel="mayor")
    assert Case.objects.filter(state="closed", channel="mayor").count() == len(spans) == 1917
    capsys.readouterr()
    wanted = ["--from", "2010-01-01", "--to", "2020-12-31", "--channel", "mayor", "--json"]
    call_command("metrics", *wanted)
    figures = {row["metric"]: row for row in json.loads(capsys.readouterr().out)}
    calendar = holidays.China(years=range(2010, 2022))
    for term in (5, 10, 15):
        expected = sum(within(start, end, term, calendar) for start, end in spans)
        found = figures[f"answered_within_{term}_workdays"]
        assert (found["n"], found["N"]) == (expected, 1917)
    assert {fault for _, fault in CASES.faults()} == {None}
