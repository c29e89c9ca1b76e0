"""How much came in and where it went: plain counts of calls and cases, and shares of them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.lifecycle.models.assignment import AssignmentQuerySet
from cases.lifecycle.models.case import CaseQuerySet
from cases.models import Assignment, Case, Contact
from satisfaction.metrics.metric import CALL, CASE, Metric, Rows

KEPT_OUT = _("test, void and merged cases")
BY_REGISTRATION = _("the day of registration")
DIRECT = Q(dispatched_at__isnull=True, answered_at__isnull=False)
KEPT = Q(reject_reason=None, transfer_target="")  # neither rejected nor passed on
DISPATCHED = Q(dispatched_at__isnull=False)
UNCOUNTED = Q(is_test=True) | Q(is_void=True) | Q(merged_into__isnull=False)


def calls() -> QuerySet[Contact]:
    """Times somebody phoned, whatever about; calls of test cases are left out."""
    tests = uncounted_cases().filter(is_test=True)
    return Contact.objects.filter(Q(case=None) | ~Q(case__in=tests), channel="phone")


def counted_cases() -> CaseQuerySet:
    """Cases without test, void and merged ones: a merged matter counts once."""
    return Case.objects.counted().filter(merged_into=None)


def counted_tasks() -> AssignmentQuerySet:
    """Tasks of counted cases, of every role and round.

    The few cases that are not counted are looked up, not every task's own case joined.
    """
    return Assignment.objects.exclude(case__in=uncounted_cases())


def uncounted_cases() -> Rows:
    """Keys of the test, void and merged cases: few, and all in the index ``case_uncounted``."""
    return Case.objects.filter(UNCOUNTED).order_by().values("pk")


def always(condition: Q) -> Callable[[datetime], Q]:
    """A condition that does not depend on the moment."""
    return lambda _at: condition


_count = partial(Metric, of=CASE, denominator="", exclusions=KEPT_OUT, dated="registered_at")

METRICS = (
    Metric(
        slug="calls",
        name=_("Calls"),
        of=CALL,
        definition=_("Times citizens phoned: first calls, urges, queries and supplements."),
        numerator=_("calls"),
        denominator="",
        exclusions=_("calls about test cases"),
        dated="at",
        attribution=_("the day of the call"),
        rows=calls,
    ),
    _count(
        slug="handled",
        name=_("Cases handled"),
        definition=_("Cases registered in the period, through whatever channel."),
        numerator=_("cases"),
        attribution=BY_REGISTRATION,
        rows=counted_cases,
    ),
    _count(
        slug="direct_answered",
        name=_("Cases answered directly"),
        definition=_("Cases answered by the office without a unit."),
        numerator=_("cases answered and never dispatched"),
        attribution=BY_REGISTRATION,
        rows=counted_cases,
        among=always(DIRECT),
    ),
    _count(
        slug="dispatched",
        name=_("Cases dispatched"),
        definition=_("Cases given to a unit; a case counts once, however many units have it."),
        numerator=_("cases dispatched at least once"),
        attribution=BY_REGISTRATION,
        rows=counted_cases,
        among=always(DISPATCHED),
    ),
    Metric(
        slug="direct_answer_rate",
        name=_("Share answered directly"),
        of=CASE,
        definition=_("Cases answered without a unit, of all cases registered in the period."),
        numerator=_("cases answered and never dispatched"),
        denominator=_("cases registered in the period"),
        exclusions=KEPT_OUT,
        dated="registered_at",
        attribution=BY_REGISTRATION,
        rows=counted_cases,
        counted=always(DIRECT),
    ),
    Metric(
        slug="first_dispatch_right",
        name=_("Right unit at once"),
        of=CASE,
        definition=_("Dispatched cases of which no return was granted."),
        numerator=_("cases without a granted return of the lead unit"),
        denominator=_("cases first dispatched in the period"),
        exclusions=KEPT_OUT,
        dated="dispatched_at",
        attribution=_("the day of the first dispatch"),
        rows=counted_cases,
        among=always(DISPATCHED),
        counted=always(Q(return_count=0)),
    ),
)
