"""The dispatch catalogue, the rules, the towns' units, and what was decided."""

from routing.dispatching.models.decision import Decision
from routing.rules.models.catalogue_entry import CatalogueEntry
from routing.rules.models.rule import Rule
from routing.rules.models.territory import Territory

__all__ = ["CatalogueEntry", "Decision", "Rule", "Territory"]
