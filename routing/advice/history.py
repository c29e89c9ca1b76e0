"""What earlier cases of the same kind say: who handled them, how many came back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Value, Window
from django.db.models.functions import Coalesce, RowNumber, Substr

from cases.models import Case
from cases.words import CaseState
from routing.rules.matching import TOWN_LENGTH

LAST = 40  # cases looked at for each kind
WITHIN = timedelta(days=366)

Kind = tuple[str, str]  # code of the category, code of the township ("" where unknown)


@dataclass(frozen=True)
class Share:
    """Of ``total`` cases of one kind, the ``handled`` one unit answered; ``returned`` came back."""

    handled: int
    total: int
    returned: int


def kind_of(category: str, region: str) -> Kind:
    """Category and township: what makes two matters the same kind."""
    return category, region[:TOWN_LENGTH] if len(region) >= TOWN_LENGTH else ""


def shares(kinds: Iterable[Kind], at: datetime) -> dict[Kind, dict[int, Share]]:
    """For each kind, by id of the unit: its share of the last 40 handled cases of a year. One query."""
    wanted = {kind for kind in kinds if kind[0]}
    if not wanted:
        return {}
    town = Coalesce(Substr("region__code", 1, TOWN_LENGTH), Value(""))
    rows = (
        Case.objects.counted()
        .filter(
            category__code__in={category for category, _ in wanted},
            state__in=CaseState.HANDLED,
            lead_unit__isnull=False,
            registered_at__gte=at - WITHIN,
        )
        .annotate(town=town)
        .filter(town__in={place for _, place in wanted})
        .annotate(
            nth=Window(
                RowNumber(),
                partition_by=[F("category__code"), F("town")],
                order_by=[F("registered_at").desc(), F("pk").desc()],
            )
        )
        .filter(nth__lte=LAST)
        .order_by()
        .values_list("category__code", "town", "lead_unit", "return_count")
    )
    found: dict[Kind, list[tuple[int, int]]] = defaultdict(list)
    for category, place, unit, returns in rows:
        found[category, place].append((unit, returns))
    return {kind: _shares(found[kind]) for kind in wanted}


def _shares(cases: list[tuple[int, int]]) -> dict[int, Share]:
    returned = sum(1 for _, returns in cases if returns)
    units = [unit for unit, _ in cases]
    return {unit: Share(units.count(unit), len(cases), returned) for unit in dict.fromkeys(units)}
