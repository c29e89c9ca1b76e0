"""Load the dispatch catalogue, the rules and the townships' units; may run any number of times.

Natural keys: number of an entry, order of a rule, code of a place. A row that names an unknown unit
or category is refused with its line, and then nothing at all is loaded.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Category, Region, Unit
from cases.words import UnitKind
from routing.rules.faults import fault_of, known_codes, units_fault
from routing.rules.models.catalogue_entry import CatalogueEntry
from routing.rules.models.rule import Rule
from routing.rules.models.territory import Territory

DATA = Path(__file__).parents[1] / "data"


class FaultyRows(Exception):  # noqa: N818 - named as the owner of the file would say it
    """Rows that cannot be loaded; ``faults`` are sentences with file and line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass
class RoutingLoaded:
    """How many rows stand now."""

    entries: int = 0
    rules: int = 0
    territories: int = 0
    towns_without_unit: tuple[str, ...] = ()


@transaction.atomic
def load_routing(
    folder: Path = DATA, tick: Callable[[str, int], object] | None = None
) -> RoutingLoaded:
    """Load everything in ``folder``; ``tick(file, line)`` is told of each row."""
    loaded, faults = RoutingLoaded(), []
    codes = known_codes()
    categories = {one.code: one for one in Category.objects.all()}
    for name, take in (("catalogue.csv", _entry), ("rules.csv", _rule)):
        for line, row in _rows(folder / name):
            fault = take(row, codes, categories)
            if fault:
                faults.append(f"{name}:{line}: {fault}")
            if tick:
                tick(name, line)
    if faults:
        raise FaultyRows(faults)
    loaded.entries, loaded.rules = CatalogueEntry.objects.count(), Rule.objects.count()
    loaded.towns_without_unit = _territories()
    loaded.territories = Territory.objects.count()
    return loaded


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            yield line, {key: (value or "").strip() for key, value in row.items() if key}


def _entry(row: dict[str, str], codes: frozenset[str], categories: dict[str, Category]) -> str:
    category = categories.get(row["category_code"])
    if row["category_code"] and category is None:
        return _("There is no category “%(code)s”.") % {"code": row["category_code"]}
    facts = {
        "matter": row["matter"],
        "keywords": row["keywords"],
        "category": category,
        "lead": row["lead"],
        "assisting": row["assisting"],
        "legal_basis": row["legal_basis"],
        "valid_from": _day(row.get("valid_from", "")),
    }
    if fault := units_fault(CatalogueEntry(number=row["number"], **facts), codes):
        return fault
    CatalogueEntry.objects.update_or_create(number=row["number"], defaults=facts)
    return ""


def _rule(row: dict[str, str], codes: frozenset[str], categories: dict[str, Category]) -> str:
    if row["category"] and not any(code.startswith(row["category"]) for code in categories):
        return _("There is no category “%(code)s”.") % {"code": row["category"]}
    facts = {
        "name": row["name"],
        "category_code": row["category"],
        "region_code": row["region"],
        "words": row["words"],
        "channel": row["channel"],
        "urgency": row["urgency"],
        "demand_type": row["demand_type"],
        "hours": row["hours"],
        "lead": row["lead"],
        "assisting": row["assisting"],
        "sentence": row["sentence"],
    }
    if fault := fault_of(Rule(order=int(row["order"]), **facts), codes):
        return fault
    Rule.objects.update_or_create(order=int(row["order"]), defaults=facts)
    return ""


def _territories() -> tuple[str, ...]:
    """Give each township the unit of its name; what people changed by hand stays."""
    units = {unit.short_name: unit for unit in Unit.objects.filter(kind=UnitKind.TOWN)}
    missing = []
    for region in Region.objects.filter(level=Region.Level.TOWN, territory=None):
        if region.name in units:
            Territory.objects.create(region=region, unit=units[region.name])
        else:
            missing.append(region.name)
    return tuple(missing)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
