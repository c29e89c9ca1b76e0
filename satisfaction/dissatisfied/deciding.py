"""Dissatisfaction review of a case by a second person: rework, or closing with the reason (D3)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.lifecycle.models.case import CaseQuerySet
from cases.models import Case, Unit
from cases.pages.queue import Clock, Queue
from cases.people.person import Person
from cases.words import CaseState, Outcome
from routing.dispatching.dispatch import rework_case
from satisfaction.dissatisfied.models.dissatisfaction_review import DissatisfactionReview
from satisfaction.words import DissatisfactionDecision

# `record_dissatisfied` puts the review's term there: ``review_due_at`` is that of the reply
QUEUE = Queue({CaseState.DISSATISFIED: Clock("callback_due_at")})


def unhappy(user: Person) -> CaseQuerySet:
    """Cases whose dissatisfied citizen waits for a decision, by clock."""
    return QUEUE.ordered(Case.objects.visible_to(user))


def decide_dissatisfied(
    case: Case,
    *,
    decision: str,
    reason: str,
    unit: Unit | None = None,
    not_about: Collection[Unit] | None = (),
    by: Person,
    at: datetime,
) -> DissatisfactionReview:
    """Order a rework (``unit`` None: the same unit) or close with an explanation.

    The rating stays valid and counts in the raw rate either way. Raises ``Refused`` when the person who
    noted the dissatisfaction decides, or a reason is missing; ``Unasked`` of a complaint that names the unit;
    ``IllegalStep`` when it is decided already.
    """
    if decision not in DissatisfactionDecision.values:
        raise Refused(_("Choose rework or closing with an explanation."))
    if not reason.strip():
        raise Refused(_("Write the reason for your decision."))
    if by.pk is not None and _noted_by(case) == by.pk:
        raise Refused(_("You called this citizen back; another person has to decide."))
    with transaction.atomic():
        judged = case.round
        if decision == DissatisfactionDecision.REWORK:
            rework_case(case, unit, reason.strip(), not_about=not_about, by=by, at=at)
        else:
            case.close_explained(outcome=Outcome.EXPLAINED, note=reason.strip(), by=by, at=at)
        return DissatisfactionReview.objects.create(
            case=case,
            round=judged,
            decision=decision,
            reason=reason.strip(),
            unit=unit,
            by_id=by.pk,
            at=at,
        )


def _noted_by(case: Case) -> int | None:
    """Id of the person who wrote down the rating that led here."""
    rating = case.evaluations.handling().valid().filter(round=case.round).first()
    return rating.by_id if rating else None
