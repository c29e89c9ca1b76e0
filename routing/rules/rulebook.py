"""Rules and catalogue read from the database into the shapes that ``matching`` understands.

A row that cannot be read is not applied and not hidden: its fault is a sentence shown to its owner.
Read again when somebody changes a row, by the other processes within ``KEPT_SECONDS``.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cases.people.kept import KeptAnswer
from routing.rules import matching
from routing.rules.faults import shape_fault
from routing.rules.models.catalogue_entry import CatalogueEntry
from routing.rules.models.rule import Rule
from routing.rules.models.validity import holds_on
from search.words.folding import fold

KEPT_SECONDS = 30


@dataclass(frozen=True)
class Rulebook:
    """Everything in force on one day."""

    rules: tuple[matching.RoutingRule, ...]
    entries: tuple[matching.RoutingEntry, ...]


def _rows() -> tuple[list[Rule], list[CatalogueEntry]]:
    return list(Rule.objects.all()), list(CatalogueEntry.objects.select_related("category"))


ROWS = KeptAnswer(_rows, KEPT_SECONDS)


@receiver([post_save, post_delete], sender=Rule)
@receiver([post_save, post_delete], sender=CatalogueEntry)
def changed(**_changed: object) -> None:
    """Whoever changes a row sees it hold at once, also if somebody read the rows meanwhile."""
    ROWS.forget()
    transaction.on_commit(ROWS.forget)


def read(day: date) -> Rulebook:
    """What is in force on ``day`` (local date): two queries, none while the rows are kept."""
    rules, entries = ROWS()
    return Rulebook(
        tuple(as_rule(row) for row in rules if holds_on(row, day) and not shape_fault(row)),
        tuple(as_entry(row) for row in entries if holds_on(row, day)),
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
