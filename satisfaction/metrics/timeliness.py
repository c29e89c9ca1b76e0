"""Was it done in time: cohorts by due date that include what is open and overdue (`domain.md` §5.2).

Dividing by closed tasks hides the open overdue ones; so every rate here takes the tasks whose due time
lies in the period and has passed, or which were done before it.
"""

from datetime import datetime
from functools import partial

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.lifecycle.models.assignment import AssignmentQuerySet
from cases.models import Request
from cases.words import AssignmentRole, AssignmentState, RequestState
from satisfaction.metrics.metric import CASE, TASK, Metric
from satisfaction.metrics.volume import KEPT, always, counted_cases, counted_tasks

KEPT_OUT = _("test, void and merged cases; returned and recalled tasks; not yet due and unanswered")
BY_DUE = _("the day the time ran out, after extension")
IN_TIME = Q(state__in=AssignmentState.ANSWERED, replied_at__lte=F("due_at"))


HELD = ~Q(state__in=AssignmentState.TAKEN_BACK)
LEADS = Q(role=AssignmentRole.LEAD)
ANSWERED = Q(state__in=AssignmentState.ANSWERED, replied_at__isnull=False)


def due(at: datetime) -> Q:
    """Held tasks whose effective due time has passed at ``at``, or which were replied to."""
    return HELD & (Q(due_at__lte=at) | ANSWERED)


def to_be_signed(at: datetime) -> Q:
    """Held tasks that were signed or should have been by ``at``."""
    return HELD & (Q(sign_due_at__lte=at) | Q(signed_at__isnull=False))


def to_be_contacted(at: datetime) -> Q:
    """Held tasks that need a first contact and had it, or should have had it by ``at``."""
    had_or_should = Q(contact_due_at__lte=at) | Q(first_contact_at__isnull=False)
    return HELD & Q(contact_required=True) & had_or_should


def overdue(at: datetime) -> AssignmentQuerySet:
    """Lead tasks still open after their due time."""
    return counted_tasks().filter(overdue_leads(at))


def overdue_leads(at: datetime) -> Q:
    """The same as a condition."""
    return LEADS & Q(state__in=AssignmentState.OPEN, due_at__lt=at)


def extended(_at: datetime) -> Q:
    """Tasks with a granted extension."""
    granted = Request.objects.filter(
        assignment=OuterRef("pk"), kind="extension", state=RequestState.GRANTED
    )
    return Q(Exists(granted))


def promised(at: datetime) -> Q:
    """Cases with a date promised to the citizen that has passed, or which were answered."""
    return KEPT & (Q(promise_due_at__lte=at) | Q(answered_at__isnull=False))


_task = partial(
    Metric, of=TASK, exclusions=KEPT_OUT, dated="due_at", attribution=BY_DUE, rows=counted_tasks
)

METRICS = (
    _task(
        slug="replied_on_time",
        name=_("On-time reply rate"),
        definition=_(
            "Lead tasks whose reply came by the due time, of those due in the period. "
            "Open overdue tasks stay in the denominator."
        ),
        numerator=_("replied by the effective due time and not sent back for completion"),
        denominator=_("lead tasks whose effective due time lies in the period"),
        among=lambda at: LEADS & due(at),
        counted=always(IN_TIME),
    ),
    _task(
        slug="tasks_on_time",
        name=_("On-time rate, all roles"),
        definition=_("The same over lead and assisting tasks."),
        numerator=_("replied or opinion given by the effective due time"),
        denominator=_("lead and assisting tasks whose effective due time lies in the period"),
        among=due,
        counted=always(IN_TIME),
    ),
    _task(
        slug="signed_on_time",
        name=_("On-time signature rate"),
        definition=_("Tasks signed by a person within the time for signature."),
        numerator=_("signed within the time"),
        denominator=_("tasks whose time for signature lies in the period"),
        dated="sign_due_at",
        attribution=_("the day the time for signature ran out"),
        among=to_be_signed,
        counted=always(Q(signed_at__lte=F("sign_due_at"))),
    ),
    _task(
        slug="first_contact",
        name=_("First contact rate"),
        definition=_("Lead tasks whose citizen was reached within the time for first contact."),
        numerator=_("citizen reached in time; an unanswered call is not a contact"),
        denominator=_("tasks that need a contact and whose time for it lies in the period"),
        dated="contact_due_at",
        attribution=_("the day the time for first contact ran out"),
        among=to_be_contacted,
        counted=always(
            Q(first_contact_at__lte=F("contact_due_at")) & ~Q(first_contact_method="phone_missed")
        ),
    ),
    _task(
        slug="replied_rate",
        name=_("Done of what is due"),
        definition=_("Lead tasks due in the period that are replied to, late or not, by now."),
        numerator=_("replied, also late"),
        denominator=_("lead tasks whose effective due time lies in the period, also still running"),
        exclusions=_("test, void and merged cases; returned and recalled tasks"),
        among=always(HELD & LEADS),
        counted=always(ANSWERED),
    ),
    _task(
        slug="overdue_open",
        name=_("Overdue and still open"),
        definition=_("Lead tasks due in the period that are still open after their due time."),
        numerator=_("open lead tasks past their due time"),
        denominator="",
        among=overdue_leads,
    ),
    _task(
        slug="extension_rate",
        name=_("Extension rate"),
        definition=_("Tasks that were given more time, of those due in the period."),
        numerator=_("tasks with a granted extension"),
        denominator=_("tasks whose effective due time lies in the period"),
        among=due,
        counted=extended,
    ),
    _task(
        slug="return_rate",
        name=_("Return rate"),
        definition=_("Tasks taken back because the return was granted, of those dispatched."),
        numerator=_("tasks with a granted return"),
        denominator=_("tasks dispatched in the period"),
        exclusions=_("test, void and merged cases; recalled tasks"),
        dated="dispatched_at",
        attribution=_("the day of dispatch"),
        among=always(~Q(state=AssignmentState.RECALLED)),
        counted=always(Q(state=AssignmentState.RETURNED)),
        is_office_only=True,
    ),
    _task(
        slug="rework_rate",
        name=_("Rework rate"),
        definition=_("Lead tasks that had to be done again, of those replied to."),
        numerator=_("lead tasks sent to rework; replies sent back for form are not counted"),
        denominator=_("lead tasks replied to in the period"),
        dated="replied_at",
        attribution=_("the day of the reply"),
        among=always(LEADS & ANSWERED),
        counted=always(Q(state=AssignmentState.REWORKED)),
    ),
    Metric(
        slug="closed_on_time",
        name=_("Promise kept"),
        of=CASE,
        definition=_("Cases answered by the date promised to the citizen."),
        numerator=_("answered by the promised date"),
        denominator=_("cases whose promised date lies in the period"),
        exclusions=_(
            "test, void, merged, rejected and transferred cases; not yet due and unanswered"
        ),
        dated="promise_due_at",
        attribution=_("the promised date"),
        rows=counted_cases,
        among=promised,
        counted=always(Q(answered_at__lte=F("promise_due_at"))),
    ),
)
