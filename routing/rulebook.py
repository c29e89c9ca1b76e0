"""Rules and catalogue read from the database into the shapes that ``matching`` understands.

A row that cannot be read is not applied and not hidden: its fault is a sentence shown to its owner.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Unit
from cases.words import Channel, DemandType, Urgency
from routing import matching
from routing.models import CatalogueEntry, Rule
from search.folding import fold

CONDITIONS = (
    "category_code",
    "region_code",
    "words",
    "channel",
    "urgency",
    "demand_type",
    "hours",
)


@dataclass(frozen=True)
class Rulebook:
    """Everything in force on one day."""

    rules: tuple[matching.Rule, ...]
    entries: tuple[matching.Entry, ...]


def read(day: date) -> Rulebook:
    """Read what is in force on ``day`` (local date): two queries."""
    rules = Rule.objects.in_force(day)
    entries = CatalogueEntry.objects.in_force(day).select_related("category")
    return Rulebook(
        tuple(as_rule(row) for row in rules if not shape_fault(row)),
        tuple(as_entry(row) for row in entries),
    )


def as_rule(row: Rule) -> matching.Rule:
    """One row as a pure rule; raises ``ValueError`` when its hours cannot be read."""
    return matching.Rule(
        key=row.pk,
        order=row.order,
        name=row.name,
        lead=row.lead,
        assisting=tuple(row.assisting.split()),
        sentence=row.sentence,
        category=row.category_code,
        region=row.region_code,
        words=tuple(fold(row.words).split()),
        channel=row.channel,
        urgency=row.urgency,
        demand_type=row.demand_type,
        hours=matching.Hours.parse(row.hours) if row.hours else None,
    )


def as_entry(row: CatalogueEntry) -> matching.Entry:
    """One row as a pure entry."""
    return matching.Entry(
        key=row.pk,
        number=row.number,
        matter=row.matter,
        lead=row.lead,
        assisting=tuple(row.assisting.split()),
        category=row.category.code if row.category else "",
        words=tuple(fold(row.keywords).split()),
        legal_basis=row.legal_basis,
    )


def known_codes() -> frozenset[str]:
    """Codes of the units in use."""
    return frozenset(Unit.objects.filter(is_active=True).values_list("code", flat=True))


def fault_of(row: Rule, codes: Iterable[str]) -> str:
    """Why a rule is not applied, or "" ."""
    return shape_fault(row) or units_fault(row, codes)


def shape_fault(row: Rule) -> str:
    """What is wrong with the conditions themselves."""
    if not any(getattr(row, name) for name in CONDITIONS):
        return _("The rule has no condition and would catch everything. Fill in at least one.")
    closed = (
        (row.channel, Channel, _("channel")),
        (row.urgency, Urgency, _("urgency")),
        (row.demand_type, DemandType, _("type")),
    )
    for value, known, what in closed:
        if value and value not in known.values:
            return _("“%(value)s” is no known %(what)s.") % {"value": value, "what": what}
    if row.hours:
        try:
            matching.Hours.parse(row.hours)
        except ValueError:
            return _("The hours “%(hours)s” cannot be read; write them as 20:00-06:00.") % {
                "hours": row.hours
            }
    return ""


def units_fault(row: Any, codes: Iterable[str]) -> str:
    """Which unit of a rule or an entry does not exist or is no longer in use."""
    named = {row.lead, *row.assisting.split()} - {matching.TOWN}
    missing = sorted(named - set(codes))
    if missing:
        return _("No unit in use has the code “%(codes)s”.") % {"codes": "、".join(missing)}
    return ""
