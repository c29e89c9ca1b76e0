"""Rules and catalogue read from the database into the shapes that ``matching`` understands.

A row that cannot be read is not applied and not hidden: its fault is a sentence shown to its owner.
"""

from dataclasses import dataclass
from datetime import date

from routing.rules import matching
from routing.rules.faults import shape_fault
from routing.rules.models.catalogue_entry import CatalogueEntry
from routing.rules.models.rule import Rule
from search.words.folding import fold


@dataclass(frozen=True)
class Rulebook:
    """Everything in force on one day."""

    rules: tuple[matching.RoutingRule, ...]
    entries: tuple[matching.RoutingEntry, ...]


def read(day: date) -> Rulebook:
    """Read what is in force on ``day`` (local date): two queries."""
    rules = Rule.objects.in_force(day)
    entries = CatalogueEntry.objects.in_force(day).select_related("category")
    return Rulebook(
        tuple(as_rule(row) for row in rules if not shape_fault(row)),
        tuple(as_entry(row) for row in entries),
    )


def as_rule(row: Rule) -> matching.RoutingRule:
    """One row as a pure rule; raises ``ValueError`` when its hours cannot be read."""
    return matching.RoutingRule(
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


def as_entry(row: CatalogueEntry) -> matching.RoutingEntry:
    """One row as a pure entry."""
    return matching.RoutingEntry(
        key=row.pk,
        number=row.number,
        matter=row.matter,
        lead=row.lead,
        assisting=tuple(row.assisting.split()),
        category=row.category.code if row.category else "",
        words=tuple(fold(row.keywords).split()),
        legal_basis=row.legal_basis,
    )
