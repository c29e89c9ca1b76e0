"""What a person chooses from while typing: places, categories, units, found by name or pinyin initials."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from cases.people.models.unit import Unit
from cases.reference.initials import initials
from cases.reference.models.category import Category
from cases.reference.models.region import Region

MOST_LETTERS = 60
known_initials = lru_cache(maxsize=4096)(initials)  # of names of places, which keep none


@dataclass(frozen=True)
class ListOption:
    """``label``: what is shown and sent, a whole path or a short name; ``keys``: what finds it besides.

    ``more``: what is said beside it in the list, such as the full name of a unit.
    """

    label: str
    keys: str = ""
    more: str = ""


def leaf_categories() -> list[ListOption]:
    """Categories in use that have none below; one query."""
    rows = Category.objects.filter(is_active=True).exclude(children__is_active=True)
    return _options(rows.values_list("path", "name", "pinyin"))


def all_categories() -> list[ListOption]:
    """Categories in use below the first level; one query."""
    rows = Category.objects.filter(is_active=True, level__gte=2)
    return _options(rows.values_list("path", "name", "pinyin"))


def places(*, with_county: bool = True) -> list[ListOption]:
    """Places in use; one query."""
    rows = Region.objects.filter(is_active=True)
    if not with_county:
        rows = rows.exclude(level=Region.Level.COUNTY)
    return _options((path, name, "") for path, name in rows.values_list("path", "name"))


def units(rows: QuerySet[Unit] | None = None) -> list[ListOption]:
    """Units in use, of ``rows`` or all; one query."""
    found = (Unit.objects.all() if rows is None else rows).filter(is_active=True)
    return [
        ListOption(short or name, f"{name} {pinyin}", name if short and short != name else "")
        for short, name, pinyin in found.values_list("short_name", "name", "pinyin")
    ]


def _options(rows: Iterable[tuple[str, str, str]]) -> list[ListOption]:
    return [
        ListOption(path or name, f"{name} {pinyin or known_initials(name, length=MOST_LETTERS)}")
        for path, name, pinyin in rows
    ]
