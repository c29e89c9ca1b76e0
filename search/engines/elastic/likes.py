"""Similar cases on the server: the same meaning as ``search.engines.likeness``.

First how rare each pair of the text is, then one question whose score is the sum of the weights of the
shared pairs; both in the sight of the viewer.
"""

from typing import TYPE_CHECKING

from elasticsearch_dsl import Search
from elasticsearch_dsl.query import Bool, ConstantScore, MatchAll, Query, Term

from search.engines.elastic.server import Server
from search.engines.likeness import CANDIDATES, FEW, LEAST, READ_CHARACTERS, lessened, weigh
from search.engines.port import TEXTS, Like
from search.words.tokens import content_pairs

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cases.models import Case


def alike(
    server: Server, index: str, text: str, sight: Query, visible: "QuerySet[Case]", limit: int
) -> list[Like]:
    """Return up to ``limit`` of the ``visible`` cases by share of rare wording, best first."""
    known, size = _frequencies(server, index, list(content_pairs(text[:READ_CHARACTERS])))
    weights = _seen_alone(server, index, known, size, sight)
    if not weights:
        return []
    whole = sum(weights.values())
    found: list[Like] = []
    seen = 0
    for most in (FEW, CANDIDATES):
        likes = _sharing(server, index, weights, sight, seen, most, LEAST * whole)
        seen += len(likes)
        shown = set(visible.filter(pk__in=[pk for pk, _ in likes]).values_list("pk", flat=True))
        found += [Like(pk, round(min(score / whole, 1.0), 3)) for pk, score in likes if pk in shown]
        if len(found) >= limit or len(likes) < FEW:
            break
    return found[:limit]


def _seen_alone(
    server: Server, index: str, known: dict[str, int], size: int, sight: Query
) -> dict[str, float]:
    """Weights as if what is out of sight were not there (``likeness.lessened``)."""
    weights = weigh(known, size)
    if isinstance(sight, MatchAll) or not weights:
        return weights
    least = LEAST * sum(weights.values())
    unseen = Bool(must_not=[sight])
    hidden = [pk for pk, _ in _sharing(server, index, weights, unseen, 0, FEW, least)]
    return weigh(lessened(known, hidden, by_field=True), size) if hidden else weights


def _frequencies(server: Server, index: str, tokens: list[str]) -> tuple[dict[str, int], int]:
    """Return in about how many cases each token occurs, and how many cases there are."""
    if not tokens:
        return {}, 0
    words = " ".join(tokens)
    told = server.ask(
        lambda client: client.termvectors(
            index=index,
            doc=dict.fromkeys(TEXTS, words),
            fields=list(TEXTS),
            term_statistics=True,
            positions=False,
            offsets=False,
        )
    )
    known = dict.fromkeys(tokens, 0)
    size = 0
    for vector in told["term_vectors"].values():
        size = max(size, vector["field_statistics"]["doc_count"])
        for token, seen in vector["terms"].items():
            known[token] = known.get(token, 0) + seen.get("doc_freq", 0)
    return known, size


def _sharing(
    server: Server,
    index: str,
    weights: dict[str, float],
    sight: Query,
    start: int,
    upto: int,
    least: float,
) -> list[tuple[int, float]]:
    shared = [
        ConstantScore(filter=Bool(should=[Term(**{name: token}) for name in TEXTS]), boost=weight)
        for token, weight in weights.items()
    ]
    asked = Search().query(Bool(filter=[sight], should=shared, minimum_should_match=1))
    asked = asked.sort("_score", {"case": "desc"}).source(False).extra(min_score=least)
    asked = asked[start:upto].extra(track_total_hits=False).index(index)
    answer = server.ask(lambda client: asked.using(client).execute()).to_dict()
    return [(int(hit["_id"]), hit["_score"]) for hit in answer["hits"]["hits"]]
