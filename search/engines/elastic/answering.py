"""From the server's answer to the port's: rows from the database, facets with their names."""

from typing import TYPE_CHECKING

from search.engines import counting, filing, paging, rank_cursor
from search.engines.elastic import asking
from search.engines.elastic.mapping import REACH
from search.engines.elastic.server import Json
from search.engines.port import FACETS, Count, CountsWanted, Query, Result, Sort

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cases.models import Case


def result(answer: Json, query: Query, visible: "QuerySet[Case]") -> Result:
    """Return one page. Rows are read through ``visible``: the index may be seconds behind."""
    found = answer["hits"]["hits"]
    total, is_ranked = answer["hits"]["total"]["value"], _is_ranked(query)
    position = asking.position(query, is_ranked=is_ranked)
    is_counted = query.counts is not CountsWanted.NEVER
    page = found[: query.size]
    cases = paging.read_in_order([int(hit["_id"]) for hit in page], visible)
    return Result(
        total=total,
        hits=paging.hits(cases, query.terms, filing.pieces),
        facets=_facets(answer["aggregations"]) if is_counted else {},
        first=position + 1,
        next_cursor=_following(found, query, position) if len(found) > query.size else "",
        words=paging.words_of(query.terms),
        is_counted=is_counted,
        reach=REACH if is_ranked and total > REACH else None,
        restarted=is_ranked and rank_cursor.is_of_another(asking.NAME, query.cursor),
    )


def _following(found: list[Json], query: Query, position: int) -> str:
    """The cursor of the next page; none beyond what can be reached by relevance."""
    after = position + query.size
    if _is_ranked(query):
        return rank_cursor.after(asking.NAME, after) if after < REACH else ""
    key, pk = found[query.size - 1]["sort"]
    return f"{after}_{key}_{pk}"


def _is_ranked(query: Query) -> bool:
    return query.sort is Sort.RELEVANCE and bool(query.terms)


def _facets(counted: Json) -> dict[str, list[Count]]:
    raw: dict[str, list[tuple[str | None, int]]] = {}
    for facet in FACETS:
        buckets = counted[facet]["values"]["buckets"]
        if facet == "overdue":
            pairs = [(name, buckets[name]["doc_count"]) for name in ("yes", "no")]
        else:
            pairs = [(str(one["key"]), one["doc_count"]) for one in buckets]
        raw[facet] = [(value, count) for value, count in pairs if count]
    return counting.named(raw)
