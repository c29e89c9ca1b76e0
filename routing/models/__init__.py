"""The dispatch catalogue, the rules, the towns' units, and what was decided."""

from routing.models.catalogue_entry import CatalogueEntry
from routing.models.decision import Decision
from routing.models.rule import Rule
from routing.models.territory import Territory

__all__ = ["CatalogueEntry", "Decision", "Rule", "Territory"]
