"""What a metric is: rows that are eligible, rows that count, and by which date (`domain.md` §5.2).

A metric is declared once (the modules beside this one); the database counts it, whole or in groups; the
same declaration gives the exact rows behind both numbers. A rate keeps n and N and is a fraction,
``None`` when nothing is eligible.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet

from cases.models import Case
from cases.permissions import scope_of
from satisfaction.periods import Period

CASE, TASK, CALL, RATING = "case", "task", "call", "rating"
PREFIX = {CASE: "", TASK: "case__", CALL: "case__", RATING: "case__"}
UNIT = {CASE: "lead_unit", TASK: "unit", CALL: "case__lead_unit", RATING: "unit"}
CHANNEL = {CASE: "channel", TASK: "case__channel", CALL: "channel", RATING: "case__channel"}
BEHIND = ("all", "counted", "missed")  # which rows a list shows: N, n, or N without n


@dataclass(frozen=True)
class Scope:
    """What to count: a period, perhaps one channel or some units, as a person may see it, at a moment.

    ``user`` None is the system itself and sees every row.
    """

    period: Period
    at: datetime
    channel: str = ""
    unit_ids: frozenset[int] | None = None
    user: Any = None


@dataclass(frozen=True)
class Figure:
    """Both numbers of a rate, or a plain count in ``n`` with ``N`` None."""

    n: Any
    N: Any = None
    is_rate: bool = False

    @property
    def value(self) -> Any:
        """The fraction n/N, ``None`` without anything eligible; of a count its number."""
        if not self.is_rate:
            return self.n
        return Fraction(self.n) / self.N if self.N else None

    @property
    def percent(self) -> float | None:
        """The rate in percent, not rounded; ``None`` for counts and without anything eligible."""
        return 100 * self.n / self.N if self.is_rate and self.N else None


@dataclass(frozen=True)
class Metric:
    """A declared figure. Texts are translated sentences; ``rows`` and ``counted`` are its predicates.

    ``dated`` is the column whose date decides the period. ``counted`` None: a plain count.
    ``is_office_only``: units cannot see all rows behind it (a returned task is no longer theirs).
    """

    slug: str
    name: Any
    of: str
    definition: Any
    numerator: Any
    denominator: Any
    exclusions: Any
    dated: str
    attribution: Any
    rows: Callable[[datetime], QuerySet]
    counted: Callable[[datetime], Q] | None = None
    version: int = 1
    source: str = "domain §5.2"
    is_office_only: bool = False
    is_hours = False

    @property
    def is_rate(self) -> bool:
        """Whether it has a denominator."""
        return self.counted is not None

    def eligible(self, scope: Scope) -> QuerySet:
        """The rows of N (of a count: of n) in the scope."""
        found = _visible(self.rows(scope.at), self.of, scope.user)
        if scope.channel:
            found = found.filter(**{CHANNEL[self.of]: scope.channel})
        if scope.unit_ids is not None:
            found = found.filter(**{f"{UNIT[self.of]}__in": scope.unit_ids})
        return found.filter(self.within(scope.period))

    def within(self, period: Period) -> Q:
        """Rows whose date of attribution lies in a period."""
        return Q(**{f"{self.dated}__gte": period.start, f"{self.dated}__lt": period.end})

    def count(self, scope: Scope) -> Figure:
        """Both numbers, in one query."""
        return self._figure(self.eligible(scope).order_by().aggregate(**self._counts(scope.at)))

    def by(self, scope: Scope, column: str) -> dict[Any, Figure]:
        """Figures for each ``"unit"`` (id) or ``"channel"`` (slug) that has rows, in one query."""
        key = {"unit": f"{UNIT[self.of]}_id", "channel": CHANNEL[self.of]}[column]
        found = self.eligible(scope).order_by().values(key).annotate(**self._counts(scope.at))
        return {row[key]: self._figure(row) for row in found}

    def by_periods(self, scope: Scope, periods: Iterable[Period]) -> list[Figure]:
        """Figures for each period inside the scope's, in one query."""
        periods, counts = list(periods), {}
        for place, period in enumerate(periods):
            within = self.within(period)
            counts[f"N{place}"] = Count("pk", filter=within)
            if self.counted:
                counts[f"n{place}"] = Count("pk", filter=within & self.counted(scope.at))
        row = self.eligible(scope).order_by().aggregate(**counts)
        pairs = [{"N": row[f"N{i}"], "n": row.get(f"n{i}")} for i in range(len(periods))]
        return [self._figure(pair) for pair in pairs]

    def behind(self, scope: Scope, which: str = "all") -> QuerySet:
        """The exact rows behind N, n (``counted``) or the difference (``missed``)."""
        found = self.eligible(scope)
        if which == "all" or self.counted is None:
            return found
        if which == "counted":
            return found.filter(self.counted(scope.at))
        hit = found.filter(self.counted(scope.at)).order_by().values("pk")
        return found.exclude(pk__in=hit)

    def _counts(self, at: datetime) -> dict[str, Count]:
        counts = {"N": Count("pk")}
        if self.counted:
            counts["n"] = Count("pk", filter=self.counted(at))
        return counts

    def _figure(self, row: dict[str, Any]) -> Figure:
        return Figure(row["n"], row["N"], is_rate=True) if self.is_rate else Figure(row["N"])


def _visible(rows: Any, of: str, user: Any) -> QuerySet:
    """Only rows of cases the person may know of; calls without a case are the office's."""
    if user is None or scope_of(user).sees_secret:
        return rows
    if of in {CASE, TASK}:
        return rows.visible_to(user)
    return rows.filter(case__in=Case.objects.visible_to(user).order_by().values("pk"))
