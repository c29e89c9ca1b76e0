"""Read a unit, category or place as a person writes it: path, name, code, pinyin initials."""

import re
from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.models import Category, Region, Unit
from cases.reference.initials import typed_as

Listed = TypeVar("Listed", Category, Region)
SEPARATORS = re.compile(r"[、,，;；\s]+")


def unit_named(text: str) -> Unit:
    """The unit in use of that name; raises ``Refused`` with a sentence when there is none or several."""
    found = units_named([text])
    return found[0]


def units_written(text: str) -> list[Unit]:
    """Several units, separated by commas, 、 or spaces."""
    names = [one for one in SEPARATORS.split(text.strip()) if one]
    return units_named(names) if names else []


def units_named(names: Sequence[str]) -> list[Unit]:
    """Units in the order of their names, each once; one query."""
    asked = [name.strip() for name in names]
    wanted = Q(code__in=asked) | Q(name__in=asked) | Q(short_name__in=asked)
    for name in asked:
        wanted |= typed_as(name)
    rows = list(Unit.objects.filter(wanted, is_active=True))
    return list(dict.fromkeys(_one(name, rows) for name in asked))


def _one(name: str, rows: Sequence[Unit]) -> Unit:
    for field in ("code", "short_name", "name", "pinyin"):
        found = [unit for unit in rows if name.lower() in _spelt(unit, field)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(
                _("“%(name)s” fits several units: %(units)s. Write the full name.")
                % {"name": name, "units": "、".join(map(str, found))}
            )
    raise Refused(
        _("There is no unit “%(name)s”. Choose one from the list; pinyin initials do too.")
        % {"name": name}
    )


def _spelt(unit: Unit, field: str) -> list[str]:
    """What the unit is called there; of initials there may be several."""
    said = getattr(unit, field).lower()
    return said.split() if field == "pinyin" else [said]


def category_named(text: str) -> Category | None:
    """The category of a path, code, name or pinyin; ``None`` for an empty text."""
    return _placed(Category, text, ("path", "code", "name", "pinyin"), _("category"))


def region_named(text: str) -> Region | None:
    """The place of a path, code or name; ``None`` for an empty text."""
    return _placed(Region, text, ("path", "code", "name"), _("place"))


def _placed(model: type[Listed], text: str, fields: tuple[str, ...], what: str) -> Listed | None:
    text = text.strip()
    if not text:
        return None
    for field in fields:
        found = list(
            model.objects.filter(**{f"{field}__iexact": text}, is_active=True).select_related(
                "parent"
            )[:2]
        )
        if len(found) == 1:
            return found[0]
    raise Refused(
        _("There is no single %(what)s “%(text)s”. Choose one from the list.")
        % {"what": what, "text": text}
    )
