"""Ratings (评价): one valid rating for each round, disagreeing ones kept (`domain.md` §6).

Silence is never "satisfied": a rating exists only when the citizen said something. The citizen's own
rating outweighs what an agent noted on the phone, unless the citizen told the agent to replace it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.models import Case
from cases.people.person import CITIZEN, Person
from cases.words import CaseState, Outcome
from cases.words import Solved as UnitsWord
from satisfaction.rating import passing_on
from satisfaction.rating.models.evaluation import Evaluation, EvaluationQuerySet
from satisfaction.words import LEAST_SATISFIED, Discontent, Rated, RatingChannel, Score

WINDOW = timedelta(days=7)  # natural days after closing in which a citizen may still rate
COMMENT_LENGTH = 1000
BY_UNITS_WORD: dict[str, Outcome] = {
    UnitsWord.SOLVED: Outcome.SOLVED,
    UnitsWord.PARTLY: Outcome.PARTLY,
    UnitsWord.UNSOLVED: Outcome.UNSOLVED,
}


def may_rate(case: Case, at: datetime) -> bool:
    """Whether the citizen may still rate the current round: waiting for call-back, or just closed."""
    if case.state == CaseState.CALLBACK:
        open_still = True
    else:
        is_closed = case.state == CaseState.CLOSED and case.answered_at is not None
        closed_at = case.closed_at if is_closed else None
        open_still = closed_at is not None and at <= closed_at + WINDOW
    return open_still and not own_words(case).exists()


def own_words(case: Case) -> EvaluationQuerySet:
    """Ratings of this round that the citizen gave themselves, not through an agent."""
    return case.evaluations.handling().filter(round=case.round).exclude(channel="phone")


def rate(
    case: Case,
    *,
    score: int,
    solved: bool | None = None,
    contacted: bool | None = None,
    reasons: str | Collection[str] = (),
    comment: str = "",
    channel: str = RatingChannel.WEB.value,
    by: Person = CITIZEN,
    at: datetime,
) -> Evaluation:
    """The citizen rates how the matter was handled; the caller has checked number and query code.

    Three points and more close a case that waits for its call-back; two and fewer open a review by a
    second person. Raises ``Refused`` outside the window or for a second rating of the same round.
    """
    reasons = check(score, reasons, comment)
    with transaction.atomic():
        hold(case)
        _check_open(case, at)
        waiting = case.state == CaseState.CALLBACK
        case.note_rating(score=score, channel=channel, by=by, at=at)
        rating = keep(
            case,
            score=score,
            solved=solved,
            **passing_on.kept(case, contacted),
            reasons=reasons,
            comment=comment.strip(),
            channel=channel,
            by=by,
            at=at,
        )
        if not rating.is_satisfied:
            case.record_dissatisfied(note=rating.comment or rating.reason_words(), by=by, at=at)
        elif waiting:
            case.close_rated(outcome=outcome_of(case, solved), by=by, at=at)
    return rating


def _check_open(case: Case, at: datetime) -> None:
    if own_words(case).exists():
        raise Refused(_("You have already rated this reply. Thank you."))
    if not may_rate(case, at):
        raise Refused(
            _("This matter can no longer be rated. Call 12345 if something is still wrong.")
        )


def keep(
    case: Case,
    *,
    score: int,
    solved: bool | None,
    contacted: bool | None,
    passed_on: bool | None,
    reasons: list[str],
    comment: str,
    channel: str,
    by: Person,
    at: datetime,
    replaces: bool = False,
) -> Evaluation:
    """Store a rating and settle which one of its round counts.

    A rating by phone does not replace the citizen's own unless ``replaces``. The case is locked.
    """
    is_valid = channel != RatingChannel.PHONE or replaces or not own_words(case).exists()
    if is_valid:
        case.evaluations.handling().valid().filter(round=case.round).update(is_valid=False)
    return Evaluation.objects.create(
        case=case,
        round=case.round,
        unit_id=case.lead_unit_id,
        rated=Rated.HANDLING,
        channel=channel,
        by_id=by.pk,
        at=at,
        is_valid=is_valid,
        score=score,
        solved=solved,
        contacted=contacted,
        passed_on=passed_on,
        reasons=reasons,
        comment=comment,
    )


def check(score: int, reasons: str | Collection[str], comment: str) -> list[str]:
    """The reasons as a list; raises ``Refused`` for what cannot be a rating."""
    if score not in Score.values:
        raise Refused(_("Choose how satisfied the citizen is."))
    chosen = [reasons] if isinstance(reasons, str) and reasons else list(reasons)
    if any(reason not in Discontent.values for reason in chosen):
        raise Refused(_("Choose a reason from the list."))
    if score < LEAST_SATISFIED and not chosen:
        raise Refused(_("Choose the reason for the dissatisfaction."))
    if len(comment) > COMMENT_LENGTH or "\x00" in comment:
        raise Refused(
            _("Write at most %(limit)d characters of plain text.") % {"limit": COMMENT_LENGTH}
        )
    return chosen


def outcome_of(case: Case, solved: bool | None) -> str:  # noqa: FBT001 - yes, no or not said
    """How a case ends: the citizen's word on it, else the unit's own."""
    if solved is not None:
        return Outcome.SOLVED if solved else Outcome.EXPLAINED
    lead = case.lead()
    return BY_UNITS_WORD.get(lead.solved if lead else "", Outcome.EXPLAINED)


def hold(case: Case) -> None:
    """Hold the case's row and look at it as it is now (a protected state is not refreshed)."""
    fresh = type(case).objects.select_for_update().get(pk=case.pk)
    case.__dict__.update(fresh.__dict__)
