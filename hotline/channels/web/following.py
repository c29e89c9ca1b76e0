"""What a citizen is told of their case: honest steps, the promised date, never an inner word.

Only these facts leave the office: states, times, the name of the unit, the approved reply, the reason
of a refusal with its legal route. No name of staff, no inner note, no review.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.clocks import counting, in_force
from cases.models import Case
from cases.privacy.models.original import key_of, originals_of
from cases.templatetags.parts import runs_provisionally
from cases.templatetags.timewords import day, due_when, when, workdays_left
from cases.words import CaseState as S
from cases.words import ContactKind, Secrecy

DONE, NOW, NEXT = "done", "now", ""


@dataclass(frozen=True)
class WayStep:
    """One line of the way: ``tone`` done, now or empty; what; when or why."""

    tone: str
    what: str
    detail: str = ""


@dataclass(frozen=True)
class Promised:
    """What is promised: who, by when in words, how much is left in words, whether late."""

    who: str
    by: str
    is_late: bool
    left: str
    is_provisional: bool


@dataclass(frozen=True)
class Addition:
    """Something the citizen added, when and in which words."""

    at: datetime
    text: str


def steps_of(case: Case, at: datetime) -> list[WayStep]:
    """The way of a case so far and what is still to come, in order."""
    received = _("%(when)s, %(channel)s") % {
        "when": when(case.contact_at, at),
        "channel": case.get_channel_display(),
    }
    steps = [WayStep(DONE, _("Received"), received)]
    if ended := _ended_elsewhere(case, at):
        return [*steps, ended]
    if case.dispatched_at is None and case.answered_at:  # answered directly, no unit was needed
        accepted = when(case.accepted_at, at) if case.accepted_at else ""
        answered = when(case.answered_at, at)
        return [
            *steps,
            WayStep(DONE, _("Accepted"), accepted),
            WayStep(DONE, _("Answered"), answered),
        ]
    return [*steps, _taken_on(case, at), _handling(case, at), _reply(case, at), _rating(case, at)]


def _ended_elsewhere(case: Case, at: datetime) -> WayStep | None:
    ended = when(case.closed_at, at) if case.closed_at else ""
    if case.reject_reason:
        return WayStep(DONE, _("Not accepted: %(why)s") % {"why": case.reject_reason.name}, ended)
    if case.transfer_target:
        return WayStep(DONE, _("Handed over to %(whom)s") % {"whom": case.transfer_target}, ended)
    return None


def _taken_on(case: Case, at: datetime) -> WayStep:
    if case.accepted_at is None:
        due = case.intake_due_at
        late = due and due < at
        words = _("We are late with this: it should have been by %(when)s")
        told = (
            (words if late else _("Accepted by %(when)s")) % {"when": due_when(due, at)}
            if due
            else ""
        )
        return WayStep(NOW, _("Waiting to be accepted"), told)
    if case.lead_unit_id is None:
        return WayStep(NOW, _("Accepted, on its way to the right unit"), when(case.accepted_at, at))
    what = _("Accepted, sent to %(unit)s") % {"unit": unit_of(case)}
    return WayStep(DONE, what, when(_sent_at(case) or case.accepted_at, at))


def _sent_at(case: Case) -> datetime | None:
    """When it came to the unit that has it now, not to one that gave it back. One query."""
    tasks = case.assignments.held().filter(role="lead", unit=case.lead_unit_id)
    first = tasks.order_by("pk").values_list("dispatched_at", flat=True).first()
    return first or case.dispatched_at


def unit_of(case: Case) -> str:
    """The unit in charge as people call it; the office's own cases have none."""
    return (case.lead_unit.short_name or case.lead_unit.name) if case.lead_unit else ""


def _handling(case: Case, at: datetime) -> WayStep:
    if case.state in S.BEFORE_DISPATCH:
        return WayStep(NEXT, _("To be handled"))
    told = "\n".join(filter(None, [_contact(case, at), _let_know(case)]))
    if case.state == S.UNDER_REVIEW:
        return WayStep(
            NOW, _("The unit has replied; the hotline office is checking the reply"), told
        )
    if case.state == S.REWORK:
        return WayStep(NOW, _("Being handled once more"), told)
    if case.state == S.DISPATCHED:
        return WayStep(NOW, _("Waiting for the unit to sign for it"))
    if case.state == S.IN_PROGRESS:
        return WayStep(NOW, _("Being handled"), told or _who_calls(case))
    return WayStep(DONE, _("Handled"), told)


def _who_calls(case: Case) -> str:
    if not (case.petitioner and case.petitioner.phone_hash):
        return _("You left no number, so nobody can call you; what is done is told here")
    if case.secrecy == Secrecy.NORMAL:
        return _("The unit will contact you first")
    return _("The unit does not learn who you are; the office contacts you for it")


def _let_know(case: Case) -> str:
    """Whether somebody of the unit was let know who it is; told as long as the case is shown."""
    if case.secrecy == Secrecy.NORMAL or not case.contact_grants.exists():
        return ""
    if case.state not in S.WITH_UNITS:
        return _("While the unit worked on it, somebody there was let know who you are")
    if case.contact_grants.filter(ended_at=None).exists():
        return _(
            "Of the unit only whom the office named for it knows who you are, and contacts you"
        )
    return _(
        "Somebody of the unit was let know who you are; that has ended, and the office contacts you for it"
    )


def _contact(case: Case, at: datetime) -> str:
    task = case.lead()
    if task is None or task.first_contact_at is None:
        return ""
    words = {
        "phone": _("%(when)s: the unit phoned you"),
        "phone_missed": _("%(when)s: you were phoned and not reached"),
        "office": _("%(when)s: the office spoke with you for the unit"),
        "visit": _("%(when)s: the unit spoke to you in person"),
        "message": _("%(when)s: the unit sent you a message"),
    }
    return words[task.first_contact_method] % {"when": when(task.first_contact_at, at)}


def _reply(case: Case, at: datetime) -> WayStep:
    if case.answered_at and case.state not in (*S.WITH_UNITS, S.UNDER_REVIEW):
        return WayStep(DONE, _("Reply"), when(case.answered_at, at))
    if case.promise_due_at and case.promise_due_at >= at:
        return WayStep(
            NEXT, _("Reply"), _("expected by %(day)s") % {"day": day(case.promise_due_at, at)}
        )
    return WayStep(NEXT, _("Reply"))


def _rating(case: Case, at: datetime) -> WayStep:
    if case.state == S.CALLBACK:
        return WayStep(NOW, _("Please rate it"))
    if case.state == S.DISSATISFIED:
        return WayStep(NOW, _("You are not satisfied; a second person is looking at it"))
    if case.state in (S.CLOSED, S.ARCHIVED):
        return WayStep(DONE, _("Finished"), when(case.closed_at, at) if case.closed_at else "")
    return WayStep(NEXT, _("Your rating"))


def added(case: Case) -> list[Addition]:
    """What the citizen added later, in their own words, oldest first. Two queries."""
    rows = list(case.contacts.filter(kind=ContactKind.SUPPLEMENT).order_by("at", "pk"))
    kept = originals_of(rows)
    found = [(row, kept.get(key_of(row, "note"))) for row in rows]
    return [Addition(row.at, own.text if own else row.note) for row, own in found]


def promise_of(case: Case, at: datetime) -> Promised | None:
    """The promise while it is not kept."""
    due = case.promise_due_at
    if due is None or case.state not in (S.ACCEPTED, *S.WITH_UNITS, S.UNDER_REVIEW):
        return None
    local = timezone.localtime(due)
    left = counting.remaining(at, due, in_force.calendar())
    return Promised(
        who=unit_of(case) or _("The hotline office"),
        by=_("%(day)s (%(weekday)s)") % {"day": day(due, at), "weekday": date_format(local, "l")},
        is_late=due < at,
        left=workdays_left(left.workdays),
        is_provisional=runs_provisionally(due, at),
    )
