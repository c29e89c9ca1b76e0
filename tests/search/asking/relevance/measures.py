"""How good a ranked answer is, by judged grades. Pure."""

from collections.abc import Mapping, Sequence
from math import log2

DEPTH = 10


def dcg(grades: Sequence[int]) -> float:
    """Discounted gain: an answer of grade g at place n counts (2^g − 1) / log2(n + 1)."""
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def ndcg(ranked: Sequence[str], judged: Mapping[str, int]) -> float:
    """Gain of the first ten answers as a share of the best possible order."""
    best = sorted(judged.values(), reverse=True)[:DEPTH]
    return dcg([judged.get(name, 0) for name in ranked[:DEPTH]]) / dcg(best)


def recall(found: Sequence[str], judged: Mapping[str, int]) -> float:
    """Share of the judged answers that were found at all."""
    return len(set(found) & set(judged)) / len(judged)


def precision(found: Sequence[str], judged: Mapping[str, int]) -> float:
    """Share of what was found that was judged to touch the matter; 0 when nothing was found."""
    return len(set(found) & set(judged)) / len(found) if found else 0.0
