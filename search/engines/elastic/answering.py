"""From the server's answer to the port's: rows from the database, facets with their names."""

from typing import TYPE_CHECKING, Any

from search.engines import counting, paging
from search.engines.elastic.mapping import REACH
from search.port import FACETS, Count, Query, Result, Sort

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cases.models import Case


def result(answer: dict[str, Any], query: Query, visible: "QuerySet[Case]") -> Result:
    """Return one page. Rows are read through ``visible``: the index may be seconds behind."""
    found = answer["hits"]["hits"]
    start = paging.read_cursor(query.cursor)
    position = start[0] if start else 0
    page = found[: query.size]
    following = ""
    if len(found) > query.size:
        key, pk = (0, 0) if _is_ranked(query) else page[-1]["sort"]
        following = f"{position + query.size}_{key}_{pk}"
        if _is_ranked(query) and position + query.size >= REACH:
            following = ""
    cases = paging.read_in_order([int(hit["_id"]) for hit in page], visible)
    return Result(
        total=answer["hits"]["total"]["value"],
        hits=paging.hits(cases, paging.words_of(query.terms)),
        facets=_facets(answer["aggregations"]),
        first=position + 1,
        next_cursor=following,
    )


def _is_ranked(query: Query) -> bool:
    return query.sort is Sort.RELEVANCE and bool(query.terms)


def _facets(counted: Any) -> dict[str, list[Count]]:
    raw: dict[str, list[tuple[str | None, int]]] = {}
    for facet in FACETS:
        buckets = counted[facet]["values"]["buckets"]
        if facet == "overdue":
            pairs = [(name, buckets[name]["doc_count"]) for name in ("yes", "no")]
        else:
            pairs = [(str(one["key"]), one["doc_count"]) for one in buckets]
        raw[facet] = [(value, count) for value, count in pairs if count]
    return counting.named(raw)
