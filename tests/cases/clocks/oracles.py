"""Working days as two other libraries, and the State Council's own notices, see them."""

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar
import holidays

FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)


@cache
def all_days() -> tuple[date, ...]:
    return tuple(FIRST + timedelta(days=i) for i in range((LAST - FIRST).days + 1))


@cache
def by_chinesecalendar() -> tuple[date, ...]:
    return tuple(day for day in all_days() if chinese_calendar.is_workday(day))


@cache
def by_holidays() -> tuple[date, ...]:
    china = holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 1))
    return tuple(day for day in all_days() if china.is_working_day(day))


def by_notices(folder: Path) -> tuple[date, ...]:
    listed = {}
    for year in range(FIRST.year, LAST.year + 2):
        for row in json.loads((folder / f"{year}.json").read_text("utf-8"))["days"]:
            listed[date.fromisoformat(row["date"])] = not row["isOffDay"]
    return tuple(day for day in all_days() if listed.get(day, day.weekday() < 5))
