"""What a metric is: rows that are eligible, rows that count, and by which date (`domain.md` §5.2).

A metric is declared once (the modules beside this one) as conditions over the rows of one table, so that
the database counts many metrics in one pass (``together``), alone or in groups; the same declaration
gives the exact rows behind both numbers. A rate keeps n and N and is a fraction,
``None`` when nothing is eligible.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Any, ClassVar

from django.db.models import Aggregate, Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.functional import Promise

from cases import models
from cases.lifecycle.models.assignment import AssignmentQuerySet
from cases.lifecycle.models.case import CaseQuerySet
from cases.people.permissions import scope_of
from cases.people.person import Person
from cases.people.sight import stands_in
from satisfaction.periods import Period

CASE, TASK, CALL, RATING = "case", "task", "call", "rating"
UNIT = {CASE: "lead_unit", TASK: "unit", CALL: "case__lead_unit", RATING: "unit"}
CHANNEL = {CASE: "channel", TASK: "channel", CALL: "channel", RATING: "case__channel"}
Words = str | Promise
Group = int | str | None  # id of a unit or slug of a channel; None: rows without one
Rows = QuerySet[Any]  # cases, tasks or calls
Numbers = Mapping[str, Any]  # N and n as the database gave them, so that they can be added
BEHIND = ("all", "counted", "missed")  # which rows a list shows: N, n, or N without n


@dataclass(frozen=True)
class MetricScope:
    """What to count: a period, perhaps one channel or some units, as a person may see it, at a moment.

    ``user`` None is the system itself and sees every row.
    """

    period: Period
    at: datetime
    channel: str = ""
    unit_ids: frozenset[int] | None = None
    user: Person | None = None


@dataclass(frozen=True)
class Figure:
    """Both numbers of a rate, or a plain count in ``n`` with ``N`` None."""

    n: float | None
    N: int | None = None
    is_rate: bool = False

    @property
    def value(self) -> Fraction | float | None:
        """The fraction n/N, ``None`` without anything eligible; of a count its number."""
        if not self.is_rate or self.n is None:
            return self.n
        return Fraction(self.n) / self.N if self.N else None

    @property
    def percent(self) -> float | None:
        """The rate in percent, not rounded; ``None`` for counts and without anything eligible."""
        if not self.is_rate or self.n is None or not self.N:
            return None
        return 100 * self.n / self.N

    @property
    def number(self) -> int:
        """The number of a plain count; 0 where there is none."""
        return int(self.n or 0)

    @property
    def total(self) -> int:
        """The denominator of a rate; 0 where there is none."""
        return self.N or 0


@dataclass(frozen=True)
class Metric:
    """A declared figure. Texts are translated sentences.

    ``rows`` are the rows of its table that any metric may count; ``among`` says which of them this one
    counts, ``counted`` which of those are n; both at a moment.
    ``dated`` is the column whose date decides the period. ``counted`` None: a plain count.
    ``settled`` says when, after a period, time alone changes nothing in it any more; not given: at its end.
    ``is_office_only``: units cannot see all rows behind it (a returned task is no longer theirs).
    """

    slug: str
    name: Words
    of: str
    definition: Words
    numerator: Words
    denominator: Words
    exclusions: Words
    dated: str
    attribution: Words
    rows: Callable[[], Rows]
    among: Callable[[datetime], Q] | None = None
    counted: Callable[[datetime], Q] | None = None
    version: int = 1
    source: str = "domain §5.2"
    is_office_only: bool = False
    settled: Callable[[Period, datetime], bool] | None = None
    is_hours = False
    nothing: ClassVar[Numbers] = MappingProxyType({"N": 0, "n": 0})  # where there are no rows

    @property
    def is_rate(self) -> bool:
        """Whether it has a denominator."""
        return self.counted is not None

    def is_settled(self, period: Period, at: datetime) -> bool:
        """Whether, from ``at`` on, only an act can change the figures of the period."""
        return period.end <= at and (self.settled is None or self.settled(period, at))

    def eligible(self, scope: MetricScope) -> Rows:
        """The rows of N (of a count: of n) in the scope."""
        return self.narrowed(scope).filter(self.within(scope.period) & self.condition(scope.at))

    def narrowed(self, scope: MetricScope) -> Rows:
        """Every row of the table in the scope, whenever it was and whether or not it is counted."""
        found = _visible(self.rows(), scope.user)
        if scope.channel:
            found = found.filter(**{CHANNEL[self.of]: scope.channel})
        if scope.unit_ids is not None:
            found = found.filter(**{f"{UNIT[self.of]}__in": scope.unit_ids})
        return found

    def within(self, period: Period) -> Q:
        """Rows whose date of attribution lies in a period."""
        return Q(**{f"{self.dated}__gte": period.start, f"{self.dated}__lt": period.end})

    def condition(self, at: datetime) -> Q:
        """Which rows count into N, whatever their date."""
        return self.among(at) if self.among else Q()

    def key(self, column: str) -> str:
        """Where the table has the ``"unit"`` (id) or the ``"channel"`` (slug)."""
        return {"unit": f"{UNIT[self.of]}_id", "channel": CHANNEL[self.of]}[column]

    def count(self, scope: MetricScope) -> Figure:
        """Both numbers, in one query."""
        numbers = self.numbers(scope.at, Q())
        return self.figure(self.eligible(scope).order_by().aggregate(**numbers))

    def by(self, scope: MetricScope, column: str) -> dict[Group, Figure]:
        """Figures for each unit or channel that has rows, in one query."""
        key, found = self.key(column), self.eligible(scope).order_by()
        rows = found.values(key).annotate(**self.numbers(scope.at, Q()))
        return {row[key]: self.figure(row) for row in rows}

    def placed(self, scope: MetricScope, periods: list[Period]) -> Rows:
        """A row of numbers for each period that has rows, with its ``place`` among them."""
        steps = [
            When(self.within(period), then=Value(place)) for place, period in enumerate(periods)
        ]
        place = Case(*steps, output_field=IntegerField())
        inside = reduce(or_, (self.within(period) for period in periods))
        rows = self.narrowed(scope).filter(inside & self.condition(scope.at))
        found = rows.order_by().annotate(place=place).values("place")
        numbered: Rows = found.annotate(**self.numbers(scope.at, Q()))
        return numbered

    def behind(self, scope: MetricScope, which: str = "all") -> Rows:
        """The exact rows behind N, n (``counted``) or the difference (``missed``)."""
        found = self.eligible(scope)
        if which == "all" or self.counted is None:
            return found
        if which == "counted":
            return found.filter(self.counted(scope.at))
        hit = found.filter(self.counted(scope.at)).order_by().values("pk")
        return found.exclude(pk__in=hit)

    def numbers(self, at: datetime, rows: Q) -> dict[str, Aggregate]:
        """The aggregates N and, of a rate, n, over the rows of a condition (empty: all)."""
        counts: dict[str, Aggregate] = {"N": Count("pk", filter=rows)}
        if self.counted:
            counts["n"] = Count("pk", filter=rows & self.counted(at))
        return counts

    def figure(self, row: Numbers) -> Figure:
        """The figure of a row of ``numbers``."""
        return Figure(row["n"], row["N"], is_rate=True) if self.is_rate else Figure(row["N"])


def _visible(rows: Rows, user: Person | None) -> Rows:
    """Only rows of cases the person may know of; calls without a case are the office's."""
    if user is None or scope_of(user).sees_secret:
        return rows
    if isinstance(rows, CaseQuerySet | AssignmentQuerySet):
        seen: Rows = rows.visible_to(user)
        return seen
    return rows.filter(stands_in(models.Case.objects.visible_to(user), "case"))
