"""Call back (回访): ask whether the citizen was contacted, helped and satisfied (`domain.md` §6).

Three days with an attempt at a decent hour and nobody reached end the case as "not reached", without a
rating: silence is never satisfied. The next attempt is always at another time of the day.
"""

from datetime import date, datetime, time, timedelta
from typing import TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.models import Case
from cases.people.person import Person
from cases.words import Outcome
from satisfaction.calling.models.attempt import CallbackAttempt
from satisfaction.rating import passing_on, rating
from satisfaction.words import LEAST_SATISFIED, CallResult, RatingChannel

DAYS_TRIED = 3
DECENT_HOURS = (time(8), time(20, 30))  # a call at night does not make a citizen "unreachable"
MORNING, AFTERNOON, EVENING = time(9, 30), time(15), time(18, 30)
NOBODY = {CallResult.NO_ANSWER, CallResult.BUSY, CallResult.WRONG_NUMBER}


class AttemptSaid(TypedDict, total=False):
    """What is kept of an attempt; the answers only where somebody was reached."""

    result: str
    note: str
    contacted: bool | None
    passed_on: bool | None
    solved: bool | None
    satisfaction: int | None
    attitude: int | None
    speed: int | None
    outcome: int | None
    reason: str


def record_attempt(
    case: Case,
    *,
    result: str,
    contacted: bool | None = None,
    solved: bool | None = None,
    satisfaction: int | None = None,
    attitude: int | None = None,
    speed: int | None = None,
    outcome: int | None = None,
    reason: str = "",
    note: str = "",
    by: Person,
    at: datetime,
) -> CallbackAttempt:
    """Keep one attempt and what follows from it: closed, dissatisfied, or tried again.

    Raises ``Refused`` for answers that do not fit together, ``IllegalStep`` when the case does not wait
    for a call-back any more, ``NotPermitted`` for others than call-back agents.
    """
    _check(case, result, satisfaction, reason, note, by)
    said = AttemptSaid(result=result, note=note.strip())
    if result == CallResult.REACHED:
        said = {
            **said,
            **passing_on.kept(case, contacted),
            "solved": solved,
            "satisfaction": satisfaction,
            "attitude": attitude,
            "speed": speed,
            "outcome": outcome,
            "reason": reason,
        }
    with transaction.atomic():
        attempt = _keep(case, said, by=by, at=at)
        _follow(case, attempt, by=by, at=at)
    return attempt


def _keep(case: Case, said: AttemptSaid, *, by: Person, at: datetime) -> CallbackAttempt:
    rating.hold(case)
    number, score = 1 + case.callbacks.filter(round=case.round).count(), said.get("satisfaction")
    case.note_callback(result=said["result"], attempt=number, score=score, by=by, at=at)
    return CallbackAttempt.objects.create(
        case=case, round=case.round, number=number, at=at, by_id=by.pk, **said
    )


def _check(
    case: Case, result: str, satisfaction: int | None, reason: str, note: str, by: Person
) -> None:
    if result not in CallResult.values:
        raise Refused(_("Choose how the call went."))
    if result == CallResult.REACHED:
        if satisfaction is None:
            raise Refused(
                _(
                    "Choose how satisfied the citizen is, or “does not want to answer” as the result."
                )
            )
        rating.check(satisfaction, [reason] if reason else [], note)
    if case.assignments.filter(signed_off_by_id=by.pk or 0).exists():
        raise Refused(_("A citizen is called back by another person than the one who replied."))


def _follow(case: Case, attempt: CallbackAttempt, *, by: Person, at: datetime) -> None:
    if attempt.satisfaction is not None:  # reached, see ``_check``
        rating.keep(
            case,
            score=attempt.satisfaction,
            solved=attempt.solved,
            contacted=attempt.contacted,
            passed_on=attempt.passed_on,
            reasons=[attempt.reason] if attempt.reason else [],
            comment=attempt.note,
            channel=RatingChannel.PHONE,
            by=by,
            at=at,
        )
        if attempt.satisfaction < LEAST_SATISFIED:
            note = attempt.note or attempt.get_reason_display()
            case.record_dissatisfied(note=note, by=by, at=at)
        else:
            case.close(outcome=rating.outcome_of(case, attempt.solved), by=by, at=at)
    elif attempt.result == CallResult.REFUSED:
        case.close(outcome=rating.outcome_of(case, None), note=attempt.note, by=by, at=at)
    elif len(days_tried(case)) >= DAYS_TRIED:
        case.close(outcome=Outcome.UNREACHABLE, note=attempt.note, by=by, at=at)
    else:
        attempt.next_try_at = next_try(at)
        attempt.save(update_fields=["next_try_at"])


def close_without_phone(case: Case, *, by: Person, at: datetime) -> None:
    """End a case whose citizen left no number; there is no rating and nobody to ask."""
    if case.petitioner and case.petitioner.phone_hash:
        raise Refused(_("This citizen left a number. Call it."))
    note = _("The citizen left no number.")
    case.close(outcome=rating.outcome_of(case, None), note=note, by=by, at=at)


def days_tried(case: Case) -> set[date]:
    """Office days of this round on which nobody was reached although called at a decent hour."""
    tries = case.callbacks.filter(round=case.round, result__in=NOBODY).values_list("at", flat=True)
    local = [timezone.localtime(moment) for moment in tries]
    return {one.date() for one in local if DECENT_HOURS[0] <= one.time() <= DECENT_HOURS[1]}


def next_try(at: datetime) -> datetime:
    """The next day at another time: after a morning call the afternoon, then the evening, then morning.

    ``at`` is aware; the answer is in the office's time.
    """
    local = timezone.localtime(at)
    if local.time() < time(12):
        hour = AFTERNOON
    elif local.time() < time(17):
        hour = EVENING
    else:
        hour = MORNING
    return datetime.combine(local.date() + timedelta(days=1), hour, tzinfo=local.tzinfo)
