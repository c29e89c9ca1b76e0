"""From the port's question to the server's: words, sight, filters, facets, order, page."""

from collections.abc import Iterable

from elasticsearch_dsl import A, Search
from elasticsearch_dsl.query import (
    Bool,
    MatchAll,
    MatchPhrase,
    MatchPhrasePrefix,
    Prefix,
    Query,
    Range,
    Terms,
)
from elasticsearch_dsl.query import Term as Exactly

from search.engines import paging, port, rank_cursor
from search.engines.counting import day_start
from search.engines.elastic.mapping import BOOSTS, NOT_PROMISED, REACH
from search.engines.facts import microseconds
from search.engines.port import FACETS, OVERDUE, Sort
from search.words.query_language import SearchTerm
from search.words.tokens import phrase

FIELDS = {
    "state": "state",
    "unit": "lead_unit",
    "category": "category",
    "channel": "channel",
    "demand_type": "demand_type",
    "region": "region",
    "urgency": "urgency",
    "month": "month",
}
NAME = "elasticsearch"
MOST_VALUES = 5_000  # of one facet: more than a county has units, categories or villages
MOST_BEGINNINGS = 20_000  # pairs that may begin with one character


def occurs(term: SearchTerm) -> Query:
    """Match where the text of a term, or a word that may stand for it, occurs."""
    names = [term.field] if term.field else [*port.TEXTS, port.FILES]
    ways = [_side_by_side(text, name) for text in term.words for name in names]
    return Bool(should=[way for way in ways if way], minimum_should_match=1)


def _side_by_side(text: str, name: str) -> Query | None:
    tokens, is_prefix = phrase(text)
    if not tokens:
        return None
    boost = BOOSTS[name]
    if len(tokens) == 1:
        kind = Prefix if is_prefix else Exactly
        return kind(**{name: {"value": tokens[0], "boost": boost}})
    asked: dict[str, object] = {"query": " ".join(tokens), "boost": boost}
    if is_prefix:
        return MatchPhrasePrefix(**{name: asked | {"max_expansions": MOST_BEGINNINGS}})
    return MatchPhrase(**{name: asked})


def among(name: str, values: Iterable[object]) -> Query:
    """Match documents whose field is one of ``values``."""
    return Terms(**{name: [str(value) for value in values]})


def confined(query: port.Query) -> list[Query]:
    """Return the filters that narrow facets too."""
    sets = {
        "lead_unit": query.units,
        "category": query.categories,
        "region": query.regions,
        "case": query.cases,
    }
    found = [among(name, sorted(ids)) for name, ids in sets.items() if ids is not None]
    days: dict[str, int] = {}
    if query.filters.since:
        days["gte"] = microseconds(day_start(query.filters.since))
    if query.filters.until:
        days["lt"] = microseconds(day_start(query.filters.until, days=1))
    return [*found, Range(registered=days)] if days else found


def is_late(query: port.Query) -> Query:
    """Match open cases with a task past its due time at the moment of asking."""
    return Range(late_from={"lt": microseconds(query.at)})


def chosen(query: port.Query, *, but: str = "") -> list[Query]:
    """Return the filters of every chosen facet value, except of one facet."""
    found = [
        among(name, values)
        for facet, name in FIELDS.items()
        if facet != but and (values := getattr(query.filters, facet))
    ]
    overdue = set(query.filters.overdue)
    if but != "overdue" and overdue and overdue != set(OVERDUE):
        late = is_late(query)
        found.append(late if "yes" in overdue else Bool(must_not=[late]))
    return found


def search_for(query: port.Query, sight: Query) -> Search:
    """Return the whole question of one page: hits, exact total, facets if they are wanted."""
    words = [occurs(term) for term in query.terms]
    is_ranked = query.sort is Sort.RELEVANCE and bool(words)
    asked = Search().query(
        Bool(
            must=words if is_ranked else [],
            filter=[sight, *confined(query), *([] if is_ranked else words)],
            must_not=[occurs(term) for term in query.excluded],
        )
    )
    if picked := chosen(query):
        asked = asked.post_filter(Bool(filter=picked))
    for facet in FACETS if query.counts is not port.CountsWanted.NEVER else ():
        _count(asked, query, facet)
    asked = asked.extra(track_total_hits=True).source(False)
    return _page(asked, query, is_ranked=is_ranked)


def _count(asked: Search, query: port.Query, facet: str) -> None:
    others = chosen(query, but=facet)
    under = asked.aggs.bucket(facet, A("filter", Bool(filter=others) if others else MatchAll()))
    if facet == "overdue":
        under.bucket("values", A("filters", filters={"yes": is_late(query)}, other_bucket_key="no"))
    else:
        under.bucket("values", A("terms", field=FIELDS[facet], size=MOST_VALUES))


def _page(asked: Search, query: port.Query, *, is_ranked: bool) -> Search:
    if is_ranked:
        first = position(query, is_ranked=True)
        ranked = asked.sort("_score", {"registered": "desc"}, {"case": "desc"})
        return ranked[first : first + query.size + 1]
    name, order = ("promised", "asc") if query.sort is Sort.DUE else ("registered", "desc")
    asked = asked.sort({name: order}, {"case": order})
    if start := paging.read_cursor(query.cursor):
        asked = asked.extra(search_after=[min(microseconds(start[1]), NOT_PROMISED), start[2]])
    return asked[: query.size + 1]


def position(query: port.Query, *, is_ranked: bool) -> int:
    """How many hits come before the page that is asked for."""
    if is_ranked:
        return min(rank_cursor.position(NAME, query.cursor), REACH)
    start = paging.read_cursor(query.cursor)
    return start[0] if start else 0
