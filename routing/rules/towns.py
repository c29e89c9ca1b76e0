"""The units that rules and catalogue name: by code, and ``@town`` by the place of the matter."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from cases.models import Region, Unit
from cases.words import UnitKind
from routing.rules.matching import TOWN


@dataclass(frozen=True)
class Units:
    """Units by code, by id, and by the nine digits of the township they govern."""

    by_code: Mapping[str, Unit]
    by_id: Mapping[int, Unit]
    by_town: Mapping[str, Unit]

    def resolve(self, code: str, town: str) -> Unit | None:
        """The unit of a code, or of the township for ``@town``; ``None`` when there is none."""
        return self.by_town.get(town) if code == TOWN else self.by_code.get(code)


def town_name(region: Region | None) -> str:
    """Name of the township of a place; "" for the county itself or an unknown place."""
    if region is None or region.level == Region.Level.COUNTY:
        return ""
    if region.level == Region.Level.TOWN or region.parent is None:
        return region.name
    return region.parent.name


def units_of(codes: set[str], ids: set[int], towns: Mapping[str, str]) -> Units:
    """Find the units in one query. ``towns``: nine digits to the township's name.

    A township's unit is the one of its territory; without a territory the township unit of the same
    name, so that a new installation works before anybody maintains territories.
    """
    wanted = Q(code__in=codes) | Q(pk__in=ids)
    if towns:
        named = Q(kind=UnitKind.TOWN, short_name__in=set(towns.values()))
        wanted |= named | Q(territory__region__code__in=set(towns))
    rows = list(
        Unit.objects.filter(wanted)
        .select_related("parent")
        .annotate(governs=F("territory__region__code"))
        .distinct()
    )
    by_name = {unit.short_name: unit for unit in rows if unit.kind == UnitKind.TOWN}
    by_town = {code: by_name[name] for code, name in towns.items() if name in by_name}
    by_town |= {unit.governs: unit for unit in rows if unit.governs in towns}
    return Units({u.code: u for u in rows}, {u.pk: u for u in rows}, by_town)
