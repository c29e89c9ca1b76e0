from datetime import date

import pytest

from cases.clocks import in_force
from cases.models import CalendarDay, CalendarYear
from cases.reference.calendar_loading import LOCAL, CalendarLoaded, load_calendar
from tests.cases.clocks.calendars import china

pytestmark = pytest.mark.django_db


def test_the_loaded_calendar_is_that_of_the_file():
    assert load_calendar() == CalendarLoaded(771, 0, 0)
    assert in_force.calendar() == china()
    assert in_force.calendar().names == china().names
    assert CalendarYear.objects.filter(is_published=True).count() == 23


def test_loading_again_changes_nothing_but_what_differs():
    load_calendar()
    CalendarDay.objects.filter(date=date(2026, 10, 1)).update(name="?")
    CalendarDay.objects.filter(date=date(2026, 10, 10)).update(is_working=False)
    assert load_calendar() == CalendarLoaded(0, 2, 769)
    assert load_calendar() == CalendarLoaded(0, 0, 771)
    assert CalendarDay.objects.get(date=date(2026, 10, 1)).name == "国庆节"


def test_the_offices_own_days_and_years_are_left_alone():
    CalendarDay.objects.create(date=date(2026, 10, 1), is_working=True, name="抗洪", source=LOCAL)
    CalendarYear.objects.create(year=2026, is_published=False)
    assert load_calendar() == CalendarLoaded(770, 0, 1)
    assert CalendarDay.objects.get(date=date(2026, 10, 1)).is_working
    assert in_force.calendar().published_years == frozenset(range(2004, 2026))


@pytest.mark.parametrize("row", ["2026-13-01,0,春节,x", "2026-01-01,yes,春节,x", "2026-01-01"])
def test_a_faulty_row_is_named_and_nothing_is_loaded(tmp_path, row):
    path = tmp_path / "days.csv"
    path.write_text(f"date,is_working,name,source\n2026-01-02,0,元旦,x\n{row}\n", "utf-8")
    with pytest.raises(ValueError, match=r"days\.csv, line 3: "):
        load_calendar(path)
    assert not CalendarDay.objects.exists()
