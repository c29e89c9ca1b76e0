"""Load the statutory calendar shipped with the product into the office's own table.

Source of the file: the State Council's yearly notices as collected by chinesecalendar, 2004-2026.
Safe to run again; days that the office entered itself (source ``LOCAL``) are never touched.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from cases.clocks import in_force
from cases.clocks.models.calendar import CalendarDay, CalendarYear

CALENDAR_FILE = Path(__file__).parents[1] / "data" / "calendar" / "china.csv"
LOCAL = "local"


@dataclass(frozen=True)
class CalendarLoaded:
    """How many rows were new, changed, or already as in the file."""

    created: int
    changed: int
    unchanged: int


def load_calendar(path: Path = CALENDAR_FILE) -> CalendarLoaded:
    """Bring ``CalendarDay`` and ``CalendarYear`` up to the file; all or nothing.

    A year with a row in the file is published. A faulty row raises ``ValueError`` with its line.
    """
    wanted = _read(path)
    with transaction.atomic():
        found = {row.date: row for row in CalendarDay.objects.filter(date__in=wanted)}
        new = [row for day, row in wanted.items() if day not in found]
        changed = [
            _updated(found[day], row)
            for day, row in wanted.items()
            if day in found and _differs(found[day], row)
        ]
        CalendarDay.objects.bulk_create(new)
        CalendarDay.objects.bulk_update(changed, ["is_working", "name", "source"])
        for year in sorted({day.year for day in wanted}):
            CalendarYear.objects.get_or_create(year=year, defaults={"is_published": True})
        transaction.on_commit(in_force.forget)
    in_force.forget()
    return CalendarLoaded(len(new), len(changed), len(wanted) - len(new) - len(changed))


def _read(path: Path) -> dict[date, CalendarDay]:
    rows: dict[date, CalendarDay] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                day, is_working = date.fromisoformat(row["date"]), int(row["is_working"])
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path.name}, line {line}: {error}") from error
            rows[day] = CalendarDay(
                date=day, is_working=bool(is_working), name=row["name"], source=row["source"]
            )
    return rows


def _differs(found: CalendarDay, wanted: CalendarDay) -> bool:
    same = (found.is_working, found.name, found.source) == (
        wanted.is_working,
        wanted.name,
        wanted.source,
    )
    return found.source != LOCAL and not same


def _updated(found: CalendarDay, wanted: CalendarDay) -> CalendarDay:
    found.is_working, found.name, found.source = wanted.is_working, wanted.name, wanted.source
    return found
