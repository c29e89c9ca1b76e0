"""Totals and facets of the embedded engine: one statement over *visible and matching*.

A facet is counted under every other facet's choice but not its own, so that the neighbours of what
is chosen can still be chosen. Everything happens in the database, in one pass over a list that only
ever held visible cases.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

from cases.models import Case, Category, Duty, Unit
from search.port import FACETS, Count, Filters, Query

if TYPE_CHECKING:
    from django.db.models import QuerySet

COLUMNS = {
    "state": "state",
    "unit": "lead_unit_id",
    "category": "category_id",
    "channel": "channel",
    "demand_type": "demand_type",
    "month": "registered_at",
}
BEHIND = 1_000  # cases waiting before the search is said to be behind


def _day(day: object, *, days: int = 0) -> datetime:
    naive = datetime.combine(day, time.min) + timedelta(days=days)  # type: ignore[arg-type]
    return timezone.make_aware(naive, timezone.get_default_timezone())


def narrow(cases: "QuerySet[Case]", query: Query) -> "QuerySet[Case]":
    """Apply the filters that are not facets."""
    filters = query.filters
    if filters.urgency:
        cases = cases.filter(urgency__in=filters.urgency)
    if filters.region:
        cases = cases.filter(region_id__in=filters.region)
    if filters.since:
        cases = cases.filter(registered_at__gte=_day(filters.since))
    if filters.until:
        cases = cases.filter(registered_at__lt=_day(filters.until, days=1))
    if filters.is_overdue:
        cases = cases.filter(pk__in=Case.objects.overdue(at=query.at).values("pk"))
    return cases


def chosen(cases: "QuerySet[Case]", filters: Filters) -> "QuerySet[Case]":
    """Apply the chosen values of every facet."""
    for facet in ("state", "unit", "category", "channel", "demand_type"):
        if values := getattr(filters, facet):
            cases = cases.filter(**{f"{COLUMNS[facet]}__in": values})
    if filters.month:
        cases = cases.filter(pk__in=_in_months(filters.month))
    return cases


def _in_months(months: Sequence[str]) -> "QuerySet[Case, Any]":
    spans = Case.objects.none()
    for month in months:
        start = datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
        after = (start.replace(day=28) + timedelta(days=4)).replace(day=1)
        spans |= Case.objects.filter(registered_at__gte=_day(start), registered_at__lt=_day(after))
    return spans.values("pk")


def _offset_hours() -> int:
    """Office time in whole hours before UTC's (China has had no summer time since 1992)."""
    zone = timezone.get_default_timezone()
    offset = datetime(2000, 1, 1, tzinfo=zone).utcoffset() or timedelta()
    return int(offset.total_seconds() // 3600)


def _conditions(filters: Filters, but: str = "") -> tuple[str, list[Any]]:
    parts, values = [], []
    for facet in FACETS:
        if facet != but and (wanted := getattr(filters, facet)):
            parts.append(f"{facet} IN ({', '.join(['%s'] * len(wanted))})")
            values += wanted
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


def count(
    cases: "QuerySet[Case]", filters: Filters, month: Callable[[str, int], str]
) -> tuple[int, dict[str, list[Count]]]:
    """Return the exact total and the facets of ``cases`` under the chosen values."""
    inner = cases.order_by().values_list("pk", *COLUMNS.values())
    try:
        sql, parameters = inner.query.sql_with_params()
    except EmptyResultSet:  # a filter that nothing can meet, such as nobody's unit
        return 0, {name: [] for name in FACETS}
    names = ", ".join(FACETS[:-1])
    statement = (
        f"WITH raw(id, {names}, registered_at) AS ({sql}), "  # noqa: S608 - names are constants
        f"m AS MATERIALIZED (SELECT {names}, {month('registered_at', _offset_hours())} AS month "
        "FROM raw) "
    )
    values: list[Any] = list(parameters)
    parts = []
    for facet in ("", *FACETS):
        where, more = _conditions(filters, but=facet)
        if facet:
            parts.append(
                f"SELECT '{facet}', CAST({facet} AS text), count(*) "  # noqa: S608 - constants
                f"FROM m{where} GROUP BY {facet}"
            )
        else:
            parts.append(f"SELECT '', NULL, count(*) FROM m{where}")  # noqa: S608 - constants
        values += more
    with connection.cursor() as cursor:
        cursor.execute(statement + " UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
    total = sum(n for facet, _, n in rows if not facet)
    raw = {name: [(v, n) for facet, v, n in rows if facet == name] for name in FACETS}
    return total, _named(raw)


def _named(raw: dict[str, list[tuple[str | None, int]]]) -> dict[str, list[Count]]:
    """Give units and categories their names; categories are counted at their top level."""
    units = {
        str(pk): (code, name or full)
        for pk, code, name, full in Unit.objects.values_list("pk", "code", "short_name", "name")
    }
    tops = _tops()
    facets: dict[str, list[Count]] = {}
    for facet, rows in raw.items():
        counts: Counter[tuple[str, str]] = Counter()
        for value, n in rows:
            if value is None or value == "":
                continue
            named = {"unit": units, "category": tops}.get(facet)
            counts[named[value] if named is not None else (value, "")] += n
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if facet == "month":
            ordered.sort(reverse=True)
        facets[facet] = [Count(code, label, n) for (code, label), n in ordered]
    return facets


def _tops() -> dict[str, tuple[str, str]]:
    """Each category's id to the code and name of the top of its branch."""
    rows = {
        pk: (parent, code, name)
        for pk, parent, code, name in Category.objects.values_list(
            "pk", "parent_id", "code", "name"
        )
    }
    tops = {}
    for pk in rows:
        top = pk
        while rows[top][0] is not None:
            top = rows[top][0]
        tops[str(pk)] = rows[top][1:]
    return tops


def waiting() -> int:
    """Count the cases whose change has not reached the index yet."""
    return Duty.objects.filter(consumer="index").count()
