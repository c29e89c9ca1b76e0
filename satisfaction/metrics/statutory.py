"""Answered within 5, 10, 15 working days of the receipt (`domain.md` §2.6, §4.1).

The day of receipt is not counted, whatever its hour; the last day runs to its end. A case stays out of
the denominator until it is answered or its limit has passed.
"""

from collections.abc import Callable
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.clocks.in_force import calendar
from satisfaction.metrics.metric import CASE, Metric
from satisfaction.metrics.volume import KEPT, counted_cases
from satisfaction.periods import ONE_DAY, Period, today

TERMS = {
    5: (_("Answered within 5 working days"), _("cases answered within 5 working days")),
    10: (_("Answered within 10 working days"), _("cases answered within 10 working days")),
    15: (_("Answered within 15 working days"), _("cases answered within 15 working days")),
}


def last_day_over(days: int, now: date) -> date:
    """The latest day of receipt whose limit of ``days`` working days ended before ``now``.

    A year without a published calendar counts Monday to Friday.
    """
    known, received, worked = calendar().assuming_weekends(), now - ONE_DAY, 0
    while worked < days:
        worked += known.is_working(received)
        received -= ONE_DAY
    return received


def answerable(days: int) -> Callable[[datetime], Q]:
    """Cases with an answer, or whose limit has passed; neither rejected nor transferred."""

    def among(at: datetime) -> Q:
        over = datetime.combine(
            last_day_over(days, today(at)) + ONE_DAY, time(), timezone.get_default_timezone()
        )
        return KEPT & (Q(answered_at__isnull=False) | Q(contact_at__lt=over))

    return among


def over(days: int) -> Callable[[Period, datetime], bool]:
    """Settled: the limit of the last day of a period has passed."""
    return lambda period, at: last_day_over(days, today(at)) >= period.last


def within(days: int) -> Callable[[datetime], Q]:
    """Counted: answered within the limit."""
    return lambda _at: Q(answered_in_workdays__lte=days)


METRICS = tuple(
    Metric(
        slug=f"answered_within_{days}_workdays",
        name=name,
        of=CASE,
        definition=_(
            "The day of receipt is not counted, whatever its hour; the last day runs to its end. "
            "Working days follow the State Council's yearly notice."
        ),
        numerator=numerator,
        denominator=_("cases received in the period that are answered or whose limit has passed"),
        exclusions=_("test, void, merged, rejected and transferred cases"),
        dated="contact_at",
        attribution=_("the day of receipt"),
        rows=counted_cases,
        among=answerable(days),
        counted=within(days),
        settled=over(days),
        source="domain §2.6, §4.1",
    )
    for days, (name, numerator) in TERMS.items()
)
