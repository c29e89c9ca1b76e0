"""Total, facets and page of the public search in one statement, over *public and matching*.

As for the staff's search a facet is counted under every other facet's choice but not its own. What is
public and matches is found out once: asked again for the page it costs as much as all the counting.
"""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection

from cases.models import Category
from search.engines.port import Count
from search.public.asking import FACETS, PublicFilters

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from search.public.entries import PublicEntry


PAGE_ROWS = "page"  # the name that rows of the page go by among the facets


class PublicCounted(NamedTuple):
    """True total, facets, for each chosen filter how many there are without it, and the page."""

    total: int
    facets: dict[str, list[Count]]
    without: dict[str, int]
    ids: list[int]


def conditions(filters: PublicFilters, but: str = "") -> dict[str, str]:
    """The chosen filters as look-ups, leaving one out."""
    chosen = {name: getattr(filters, name) for name in FACETS if name != but}
    found = {name: value for name, value in chosen.items() if value}
    month = found.pop("month", "")
    return found | ({"month__startswith": month} if month else {})


def count_public(
    entries: "QuerySet[PublicEntry]", filters: PublicFilters, page: slice
) -> PublicCounted:
    """Count ``entries`` (not yet narrowed by ``filters``); ids of ``page`` among the newest of them."""
    try:
        columns = entries.order_by().values_list("pk", "at", *FACETS)
        sql, parameters = columns.query.sql_with_params()
    except EmptyResultSet:
        return PublicCounted(0, {name: [] for name in FACETS}, {}, [])
    statement = f"WITH m(id, at, {', '.join(FACETS)}) AS MATERIALIZED ({sql}) "
    parts, values = [], list(parameters)
    for part, more in (_page(filters, page), *(_counts(filters, name) for name in ("", *FACETS))):
        parts.append(part)
        values += more
    with connection.cursor() as cursor:
        cursor.execute(statement + " UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
    total = sum(n for facet, _, n in rows if not facet)
    facets = {name: {v: n for facet, v, n in rows if facet == name} for name in FACETS}
    without = {name: sum(facets[name].values()) for name in FACETS if getattr(filters, name)}
    found = sorted((place, int(pk)) for name, pk, place in rows if name == PAGE_ROWS)
    return PublicCounted(total, _named(facets), without, [pk for _, pk in found])


def _counts(filters: PublicFilters, facet: str) -> tuple[str, list[object]]:
    where, values = _where(filters, facet)
    value, group = (facet, f" GROUP BY {facet}") if facet else ("''", "")
    return f"SELECT '{facet}', {value}, count(*) FROM m{where}{group}", values  # noqa: S608


def _page(filters: PublicFilters, page: slice) -> tuple[str, list[object]]:
    """The newest; each with its place, as a union promises no order."""
    where, values = _where(filters, "")
    newest = f"SELECT id, at FROM m{where} ORDER BY at DESC, id DESC LIMIT %s OFFSET %s"  # noqa: S608
    place = "row_number() OVER (ORDER BY at DESC, id DESC)"
    part = f"SELECT '{PAGE_ROWS}', CAST(id AS text), {place} FROM ({newest}) AS newest"  # noqa: S608
    return part, [*values, page.stop - page.start, page.start]


def _where(filters: PublicFilters, but: str) -> tuple[str, list[object]]:
    found = conditions(filters, but)
    parts: list[str] = []
    values: list[object] = []
    for name, value in found.items():
        if name == "month__startswith":  # "2026" or "2026-11", checked by who asks
            parts.append("substr(month, 1, %s) = %s")
            values += [len(value), value]
        else:
            parts.append(f"{name} = %s")
            values.append(value)
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


def _named(facets: dict[str, dict[str, int]]) -> dict[str, list[Count]]:
    names = dict(Category.objects.filter(parent=None).values_list("code", "name"))
    found = {}
    for facet, rows in facets.items():
        counts = Counter({value: n for value, n in rows.items() if value})
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if facet == "month":
            ordered.sort(reverse=True)
        labels = names if facet == "category" else {}
        found[facet] = [Count(value, labels.get(value, ""), n) for value, n in ordered]
    return found
