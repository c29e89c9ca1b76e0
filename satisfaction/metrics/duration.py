"""How long it took: mean and percentiles of tasks, in natural hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from satisfaction.metrics.metric import TASK, Figure, Metric, Scope
from satisfaction.metrics.volume import counted_tasks

HOUR = timedelta(hours=1)
LENGTH = ExpressionWrapper(F("closed_at") - F("dispatched_at"), output_field=DurationField())


def finished(_at: datetime) -> QuerySet:
    """Lead tasks whose reply was accepted or superseded by a rework; the rounds each count."""
    return (
        counted_tasks()
        .leads()
        .filter(
            Q(state="done") | Q(state="reworked", replied_at__isnull=False), closed_at__isnull=False
        )
    )


@dataclass(frozen=True)
class Mean(Metric):
    """n is the sum of hours, N the tasks: n/N is the mean."""

    is_hours = True

    @property
    def is_rate(self) -> bool:
        """It has a denominator, although no row is singled out."""
        return True

    def _counts(self, at: datetime) -> dict[str, Any]:
        return {"N": Count("pk"), "n": Sum(LENGTH)}

    def _figure(self, row: dict[str, Any]) -> Figure:
        return Figure(round((row["n"] or timedelta()) / HOUR, 2), row["N"], is_rate=True)


@dataclass(frozen=True)
class Percentile(Metric):
    """The hours within which ``share`` of the tasks were finished (nearest rank)."""

    share: Fraction = Fraction(1, 2)
    is_hours = True

    def count(self, scope: Scope) -> Figure:
        """The hours in ``n``; ``None`` when no task was finished."""
        found = self.eligible(scope).annotate(length=LENGTH).order_by("length", "pk")
        total = found.count()
        if total == 0:
            return Figure(None)
        rank = -(-total * self.share.numerator // self.share.denominator)
        length = found.values_list("length", flat=True)[rank - 1]
        return Figure(round(length / HOUR, 2))


_ABOUT: dict[str, Any] = {
    "of": TASK,
    "denominator": _("lead tasks whose reply was accepted or sent to rework in the period"),
    "exclusions": _("test, void and merged cases; returned and recalled tasks"),
    "dated": "closed_at",
    "attribution": _("the day the task ended"),
    "rows": finished,
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
