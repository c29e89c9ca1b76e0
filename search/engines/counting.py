"""Totals and facets of the embedded engine: one statement over *visible and matching*.

A facet is counted under every other facet's choice but not its own, so that the neighbours of what
is chosen can still be chosen. Everything happens in the database, in one pass over a list that only
ever held visible cases.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case as Choice
from django.db.models import Exists, OuterRef, Value, When
from django.utils import timezone

from cases.models import Assignment, Case, Category, Duty, Region, Unit
from cases.people.kept import KeptAnswer
from cases.words import CaseState
from search.engines.port import FACETS, OVERDUE, Count, Filters, Query

if TYPE_CHECKING:
    from django.db.models import QuerySet

COLUMNS = {
    "state": "state",
    "unit": "lead_unit_id",
    "category": "category_id",
    "channel": "channel",
    "demand_type": "demand_type",
    "region": "region_id",
    "urgency": "urgency",
    "overdue": "is_late",
    "month": "registered_at",
}
BEHIND = 1_000  # cases waiting before the search is said to be behind


def day_start(day: date, *, days: int = 0) -> datetime:
    """Return the first moment of a day (or of one so many days later), office time."""
    naive = datetime.combine(day, time.min) + timedelta(days=days)
    return timezone.make_aware(naive, timezone.get_default_timezone())


def narrow(cases: "QuerySet[Case]", query: Query) -> "QuerySet[Case]":
    """Apply the filters that are not facets."""
    filters = query.filters
    for column, ids in (
        ("lead_unit_id", query.units),
        ("category_id", query.categories),
        ("region_id", query.regions),
        ("pk", query.cases),
    ):
        if ids is not None:
            cases = cases.filter(**{f"{column}__in": ids})
    if filters.since:
        cases = cases.filter(registered_at__gte=day_start(filters.since))
    if filters.until:
        cases = cases.filter(registered_at__lt=day_start(filters.until, days=1))
    return cases


def chosen(cases: "QuerySet[Case]", query: Query) -> "QuerySet[Case]":
    """Apply the chosen values of every facet."""
    filters = query.filters
    for facet in ("state", "unit", "category", "channel", "demand_type", "region", "urgency"):
        if values := getattr(filters, facet):
            cases = cases.filter(**{f"{COLUMNS[facet]}__in": values})
    if filters.overdue and set(filters.overdue) != set(OVERDUE):
        late = {"state__in": CaseState.OPEN, "pk__in": _late(query.at)}
        cases = cases.filter(**late) if "yes" in filters.overdue else cases.exclude(**late)
    if filters.month:
        cases = cases.filter(pk__in=_in_months(filters.month))
    return cases


def _late(at: datetime) -> "QuerySet[Assignment, Mapping[str, object]]":
    """Ids of the cases with a task past its due time: asked once, not for each case."""
    return Assignment.objects.overdue(at).order_by().values("case")


def _in_months(months: Sequence[str]) -> "QuerySet[Case, Mapping[str, object]]":
    spans = Case.objects.none()
    for month in months:
        start = datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
        after = (start.replace(day=28) + timedelta(days=4)).replace(day=1)
        spans |= Case.objects.filter(
            registered_at__gte=day_start(start), registered_at__lt=day_start(after)
        )
    return spans.values("pk")


def _offset_hours() -> int:
    """Office time in whole hours before UTC's (China has had no summer time since 1992)."""
    zone = timezone.get_default_timezone()
    offset = datetime(2000, 1, 1, tzinfo=zone).utcoffset() or timedelta()
    return int(offset.total_seconds() // 3600)


def _conditions(filters: Filters, but: str = "") -> tuple[str, list[object]]:
    parts, values = [], []
    for facet in FACETS:
        if facet != but and (wanted := getattr(filters, facet)):
            parts.append(f"{facet} IN ({', '.join(['%s'] * len(wanted))})")
            values += wanted
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


def count(
    cases: "QuerySet[Case]", query: Query, month: Callable[[str, int], str]
) -> tuple[int, dict[str, list[Count]]]:
    """Return the exact total and the facets of ``cases`` under the chosen values."""
    tasks = Assignment.objects.overdue(query.at).filter(case=OuterRef("pk")).order_by()
    # EXISTS, not IN: the database looks few cases up one by one and many in one table of all late ones
    late = When(Exists(tasks), state__in=CaseState.OPEN, then=Value("yes"))
    told = cases.order_by().annotate(is_late=Choice(late, default=Value("no")))
    inner = told.values_list("pk", *COLUMNS.values())
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
    values = list(parameters)
    parts = []
    for facet in ("", *FACETS):
        where, more = _conditions(query.filters, but=facet)
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
    return total, named(raw)


def named(raw: dict[str, list[tuple[str | None, int]]]) -> dict[str, list[Count]]:
    """Give units, categories and places their names, and put the counts in order.

    ``raw`` holds ids as text. A unit counts with what is below it, as it is chosen with it.
    """
    names = {"unit": _units, "category": _tops, "region": _towns}
    facets: dict[str, list[Count]] = {}
    for facet, rows in raw.items():
        known = names[facet]() if facet in names and rows else None
        if known is not None and not known.keys() >= {value for value, _ in rows if value}:
            known = names[facet].anew()  # it was entered a moment ago
        counts: Counter[tuple[str, str]] = Counter()
        for value, n in rows:
            if value is None or value == "":
                continue
            for shown in known[value] if known is not None else [(value, "")]:
                counts[shown] += n
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if facet in {"month", "overdue"}:  # the newest month first, "yes" before "no"
            ordered.sort(reverse=True)
        facets[facet] = [Count(code, label, n) for (code, label), n in ordered]
    return facets


Shown = tuple[str, str]  # code and name
Row = TypeVar("Row", bound=tuple[int | None, *tuple[str, ...]])  # its parent's id, then words


@KeptAnswer
def _units() -> dict[str, list[Shown]]:
    """Each unit's id to itself and the units above it."""
    rows = {
        pk: (parent, code, name or full)
        for pk, parent, code, name, full in Unit.objects.values_list(
            "pk", "parent_id", "code", "short_name", "name"
        )
    }
    return {str(pk): [row[1:3] for row in _upwards(rows, pk)] for pk in rows}


@KeptAnswer
def _tops() -> dict[str, list[Shown]]:
    """Each category's id to the top of its branch."""
    rows = {
        pk: (parent, code, name)
        for pk, parent, code, name in Category.objects.values_list(
            "pk", "parent_id", "code", "name"
        )
    }
    return {str(pk): [_upwards(rows, pk)[-1][1:3]] for pk in rows}


@KeptAnswer
def _towns() -> dict[str, list[Shown]]:
    """Each place's id to its township; the county itself stands for what is known no better."""
    rows = {
        pk: (parent, code, name, level)
        for pk, parent, code, name, level in Region.objects.values_list(
            "pk", "parent_id", "code", "name", "level"
        )
    }
    towns = {}
    for pk in rows:
        above = _upwards(rows, pk)
        found = [row for row in above if row[3] != Region.Level.VILLAGE] or above
        towns[str(pk)] = [found[0][1:3]]
    return towns


def _upwards(rows: dict[int, Row], pk: int | None) -> list[Row]:
    """The row of ``pk`` and those above it; a row begins with its parent's id."""
    above = []
    while pk is not None:
        above.append(rows[pk])
        pk = rows[pk][0]
    return above


def waiting() -> int:
    """Count the cases whose change has not reached the index yet."""
    return Duty.objects.filter(consumer="index").count()
