"""The shipped calendar as a value, without a database."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cases.clocks.calendar import WorkCalendar

FILE = Path(__file__).parents[3] / "cases" / "data" / "calendar" / "china.csv"


@cache
def china() -> WorkCalendar:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [(date.fromisoformat(r["date"]), r) for r in csv.DictReader(file)]
    return WorkCalendar(
        off=frozenset(day for day, r in rows if r["is_working"] == "0"),
        worked=frozenset(day for day, r in rows if r["is_working"] == "1"),
        published_years=frozenset(day.year for day, _ in rows),
        names=MappingProxyType({day: r["name"] for day, r in rows}),
    )
