"""Likeness by shared rare wording: which visible cases share the uncommon pairs of a text.

Common pairs (the town's name, "how to solve") say nothing and cost much; so the rarest are taken until
the cases they lead to would exceed a budget, and a shared pair weighs more the rarer it is.
"""

from collections.abc import Mapping
from math import log
from types import ModuleType
from typing import TYPE_CHECKING

from search.models import IndexedCase
from search.port import Like
from search.tokens import content_pairs

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cases.models import Case

READ_CHARACTERS = 600
MOST_TOKENS = 24
BUDGET = 6_000  # rows of the index read for one question
CANDIDATES = 1_000
FEW = 60  # asked for permission first: mostly enough, and a twentieth of the work
LEAST = 0.12  # share of the rare wording below which nothing is called alike


def alike(text: str, visible: "QuerySet[Case]", limit: int, dialect: ModuleType) -> list[Like]:
    """Return up to ``limit`` visible cases by share of rare wording, best first."""
    weights = _weights(list(content_pairs(text[:READ_CHARACTERS])), dialect)
    if not weights:
        return []
    whole = sum(weights.values())
    candidates = [
        (case_id, weight / whole)
        for case_id, weight in dialect.sharing(weights, CANDIDATES)
        if weight / whole >= LEAST
    ]
    if not candidates:
        return []
    found: list[Like] = []
    for few in (candidates[:FEW], candidates[FEW:]):
        if few and len(found) < limit:
            among = dialect.among([case_id for case_id, _ in few])
            seen = set(visible.filter(pk__in=among).values_list("pk", flat=True))
            found += [Like(pk, round(score, 3)) for pk, score in few if pk in seen]
    return found[:limit]


def _weights(tokens: list[str], dialect: ModuleType) -> dict[str, float]:
    known = dialect.frequencies(tokens)
    size = IndexedCase.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return weigh({token: known.get(token, dialect.UNKNOWN_FREQUENCY) for token in tokens}, size)


def weigh(known: Mapping[str, int], size: int) -> dict[str, float]:
    """Return the weight of the rarest tokens, given in how many of ``size`` cases each occurs."""
    weights: dict[str, float] = {}
    spent = 0
    for cases, token in sorted((cases, token) for token, cases in known.items()):
        if cases == 0:  # stands nowhere: shared by nothing
            continue
        spent += cases
        if weights and (spent > BUDGET or len(weights) == MOST_TOKENS):
            break
        weights[token] = log(1 + (size + 1) / cases)
    return weights
