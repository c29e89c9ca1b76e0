"""Likeness by shared rare wording: which visible cases share the uncommon pairs of a text.

Common pairs (the town's name, "how to solve") say nothing and cost much; so the rarest are taken until
the cases they lead to would exceed a budget, and a shared pair weighs more the rarer it is.
"""

from collections.abc import Iterable, Mapping
from math import log
from types import ModuleType
from typing import TYPE_CHECKING

from cases.models import Case
from cases.people.permissions import scope_of
from cases.people.person import Person
from search.engines.documents import documents
from search.engines.models.indexed import IndexedCase
from search.engines.port import TEXTS, Like
from search.words.tokens import content_pairs, index_tokens

if TYPE_CHECKING:
    from django.db.models import QuerySet

READ_CHARACTERS = 600
MOST_TOKENS = 24
BUDGET = 6_000  # rows of the index read for one question
CANDIDATES = 1_000
FEW = 60  # asked for permission first: mostly enough, and a twentieth of the work
LEAST = 0.12  # share of the rare wording below which nothing is called alike


def alike(
    text: str,
    visible: "QuerySet[Case]",
    limit: int,
    dialect: ModuleType,
    viewer: Person | None = None,
) -> list[Like]:
    """Return up to ``limit`` visible cases by share of rare wording, best first."""
    known = _frequencies(list(content_pairs(text[:READ_CHARACTERS])), dialect)
    size = IndexedCase.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    candidates = _candidates(weigh(known, size), dialect)
    if hidden := _hidden(candidates, dialect, viewer):
        candidates = _candidates(weigh(lessened(known, hidden), size), dialect)
    found: list[Like] = []
    for few in (candidates[:FEW], candidates[FEW:]):
        if few and len(found) < limit:
            among = dialect.among([case_id for case_id, _ in few])
            seen = set(visible.filter(pk__in=among).values_list("pk", flat=True))
            found += [Like(pk, round(score, 3)) for pk, score in few if pk in seen]
    return found[:limit]


def _frequencies(tokens: list[str], dialect: ModuleType) -> dict[str, int]:
    known = dialect.frequencies(tokens)
    return {token: known.get(token, dialect.UNKNOWN_FREQUENCY) for token in tokens}


def _candidates(weights: Mapping[str, float], dialect: ModuleType) -> list[tuple[int, float]]:
    if not weights:
        return []
    whole = sum(weights.values())
    return [
        (case_id, weight / whole)
        for case_id, weight in dialect.sharing(weights, CANDIDATES)
        if weight / whole >= LEAST
    ]


def _hidden(
    candidates: list[tuple[int, float]], dialect: ModuleType, viewer: Person | None
) -> set[int]:
    """The most alike cases that ``viewer`` may not see; none where frequencies are estimates anyway."""
    if viewer is None or dialect.UNKNOWN_FREQUENCY or sees_everything(viewer):
        return set()
    ids = [case_id for case_id, _ in candidates[:FEW]]
    return set(ids) - set(
        Case.objects.visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True)
    )


def sees_everything(viewer: Person) -> bool:
    """Whether nothing is hidden from a person."""
    scope = scope_of(viewer)
    return scope.is_office and scope.sees_secret


def lessened(
    known: Mapping[str, int], hidden: Iterable[int], *, by_field: bool = False
) -> dict[str, int]:
    """Take out of the frequencies what hidden cases contribute.

    Words that only a hidden case has would else count among the rarest and push visible cases out: one
    who types what stands in a hidden case would learn of it.
    """
    left = dict(known)
    for document in documents(hidden):
        texts = [set(index_tokens(getattr(document, name))) for name in TEXTS]
        for held in texts if by_field else [set().union(*texts)]:
            for token in held & left.keys():
                left[token] = max(left[token] - 1, 0)
    return left


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
