"""How long it took: mean and percentiles of tasks, in natural hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, TypedDict

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    Sum,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from cases.words import AssignmentState
from satisfaction.metrics.metric import TASK, Figure, Metric, MetricScope, Numbers, Rows, Words
from satisfaction.metrics.timeliness import LEADS
from satisfaction.metrics.volume import counted_tasks

HOUR = timedelta(hours=1)
LENGTH = ExpressionWrapper(F("closed_at") - F("dispatched_at"), output_field=DurationField())


def finished(_at: datetime) -> Q:
    """Lead tasks whose reply was accepted or superseded by a rework; the rounds each count."""
    replied = Q(state=AssignmentState.DONE) | Q(
        state=AssignmentState.REWORKED, replied_at__isnull=False
    )
    return LEADS & replied & Q(closed_at__isnull=False)


@dataclass(frozen=True)
class Mean(Metric):
    """n is the sum of hours, N the tasks: n/N is the mean."""

    is_hours = True
    nothing: ClassVar[Numbers] = MappingProxyType({"N": 0, "n": None})

    @property
    def is_rate(self) -> bool:
        """It has a denominator, although no row is singled out."""
        return True

    def numbers(self, at: datetime, rows: Q) -> dict[str, Aggregate]:
        """The sum of the lengths beside their number."""
        return {"N": Count("pk", filter=rows), "n": Sum(LENGTH, filter=rows)}

    def figure(self, row: Numbers) -> Figure:
        """The sum in hours, and the number."""
        return Figure(round((row["n"] or timedelta()) / HOUR, 2), row["N"], is_rate=True)


@dataclass(frozen=True)
class Percentile(Metric):
    """The hours within which ``share`` of the tasks were finished (nearest rank)."""

    share: Fraction = Fraction(1, 2)
    is_hours = True

    def count(self, scope: MetricScope) -> Figure:
        """The hours in ``n``; ``None`` when no task was finished."""
        return percentiles([self], scope)[self.slug]

    def rank(self, total: int) -> int:
        """The place, from 1, of the task whose length is the percentile."""
        return -(-total * self.share.numerator // self.share.denominator)


def percentiles(
    wanted: list[Percentile], scope: MetricScope, total: int | None = None
) -> dict[str, Figure]:
    """Percentiles over the same rows, read at their ranks; ``total`` rows, counted if not known."""
    total = wanted[0].eligible(scope).count() if total is None else total
    if total == 0:
        return {metric.slug: Figure(None) for metric in wanted}
    ranks = {metric.slug: metric.rank(total) for metric in wanted}
    place = Window(RowNumber(), order_by=[LENGTH, F("pk")])
    placed = wanted[0].eligible(scope).order_by().annotate(length=LENGTH, place=place)
    lengths = dict(placed.filter(place__in=ranks.values()).values_list("place", "length"))
    return {slug: _hours(lengths.get(rank)) for slug, rank in ranks.items()}


def _hours(length: timedelta | None) -> Figure:
    """``None`` when the last rows went away between the two questions."""
    return Figure(None if length is None else round(length / HOUR, 2))


class FinishedTasks(TypedDict):
    """What all figures of this module say of themselves."""

    of: str
    denominator: Words
    exclusions: Words
    dated: str
    attribution: Words
    rows: Callable[[], Rows]
    among: Callable[[datetime], Q]


_ABOUT: FinishedTasks = {
    "of": TASK,
    "denominator": _("lead tasks whose reply was accepted or sent to rework in the period"),
    "exclusions": _("test, void and merged cases; returned and recalled tasks"),
    "dated": "closed_at",
    "attribution": _("the day the task ended"),
    "rows": counted_tasks,
    "among": finished,
}

METRICS = (
    Mean(
        slug="handling_hours_mean",
        name=_("Mean handling time"),
        definition=_("Natural hours from dispatch until the reply was accepted, on average."),
        numerator=_("sum of the hours"),
        **_ABOUT,
    ),
    Percentile(
        slug="handling_hours_p50",
        name=_("Handling time, half within"),
        definition=_("Half of the tasks were finished within so many natural hours."),
        numerator=_("hours"),
        **_ABOUT,
    ),
    Percentile(
        slug="handling_hours_p90",
        name=_("Handling time, nine in ten within"),
        definition=_("Nine of ten tasks were finished within so many natural hours."),
        numerator=_("hours"),
        share=Fraction(9, 10),
        **_ABOUT,
    ),
)
