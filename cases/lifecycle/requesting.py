"""Rules of returns and extensions (`domain.md` §3.2 6a, 6d; §4).

A return needs a coded reason, a legal or duty basis and the leader's signature, within its window, at
most twice a case. An extension is asked before expiry, once a task, at most ``extension_max``.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.clocks.alarms import set_alarms
from cases.clocks.due import add_workdays, deadline, max_extension_days
from cases.clocks.in_force import is_provisional
from cases.errors import Refused
from cases.people.models.unit import Unit
from cases.people.permissions import may
from cases.people.person import Person
from cases.reference.models.reason import Reason
from cases.secrecy.respondent import recused_from
from cases.shapes import Payload
from cases.steps.possible import Need
from cases.words import RequestState

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment
    from cases.lifecycle.models.request import Request

MAX_RETURNS = 2


def _nothing_waits(task: "Assignment", _by: Person, _at: datetime) -> bool:
    read = getattr(task, "_prefetched_objects_cache", {}).get("requests")
    if read is not None:  # the page has them all: not asked again
        return all(one.state not in RequestState.PENDING for one in read)
    return not task.requests.pending().exists()


NOTHING_WAITS = Need(
    _nothing_waits, gettext_lazy("A request on this task is still waiting for its decision.")
)
FIRST_ROUND = Need(
    lambda task, _by, _at: task.round == 1, gettext_lazy("A rework cannot be returned.")
)
BEFORE_DUE = Need(
    lambda task, _by, at: at < task.due_at,
    gettext_lazy("An extension is asked for before the due time; this task is overdue."),
)
NEEDED_FOR_RETURN = (FIRST_ROUND, NOTHING_WAITS)
NEEDED_FOR_EXTENSION = (BEFORE_DUE, NOTHING_WAITS)


def ask_return(
    task: "Assignment",
    reason: Reason,
    basis: str,
    text: str,
    suggested_unit: Unit | None,
    *,
    by: Person,
    at: datetime,
) -> Payload:
    """Create the return request; a leader who asks has signed at once."""
    if not basis.strip():
        raise Refused(_("Write the legal or duty basis of the return."))
    if task.case.return_count >= MAX_RETURNS:
        raise Refused(
            _("This case was already returned twice; it needs a ruling, not another return.")
        )
    if at > deadline(task.case, "return_window", task.dispatched_at).at:
        raise Refused(_("The time for returning this task is over. Ask the hotline office."))
    _must_not_name_accused(task, suggested_unit)
    is_leader = may(by, "request.sign")
    state = RequestState.SIGNED if is_leader else RequestState.ASKED
    asked = _ask(task, "return", reason, text, state, by=by, at=at)
    asked.basis, asked.suggested_unit = basis.strip(), suggested_unit
    if is_leader:
        signed(asked, by=by, at=at)
    asked.save()
    return {
        "unit": task.unit_name,
        "reason": reason.code,
        "reason_name": reason.name,
        "basis": asked.basis,
        "suggested": suggested_unit.name if suggested_unit else "",
        "signed": asked.state == RequestState.SIGNED,
    }


def _must_not_name_accused(task: "Assignment", unit: Unit | None) -> None:
    if unit is not None and unit.pk in recused_from(task.case):
        raise Refused(
            _(
                "“%(unit)s” is the unit complained about, or above or below it, and cannot be named. "
                "Name another unit, or none: the hotline office decides."
            )
            % {"unit": unit}
        )


def ask_extension(
    task: "Assignment", reason: Reason, text: str, days: int, *, by: Person, at: datetime
) -> Payload:
    """Create the extension request; it goes straight to the office."""
    if task.requests.filter(kind="extension", state=RequestState.GRANTED).exists():
        raise Refused(_("This task was already extended once."))
    cap = max_extension_days(task.case, task)
    if not 1 <= days <= cap:
        raise Refused(_("Ask for 1 to %(cap)d working days.") % {"cap": cap})
    if not text.strip():
        raise Refused(_("Write why more time is needed and that the citizen was told."))
    # An extension needs the office's word, not the leader's: it waits for the decision at once.
    asked = _ask(task, "extension", reason, text, RequestState.SIGNED, by=by, at=at)
    asked.new_due_at = add_workdays(task.due_at, days)
    asked.decide_due_at = deadline(task.case, "return_decision", at).at
    asked.save()
    return {
        "unit": task.unit_name,
        "days": days,
        "until": asked.new_due_at.isoformat(),
        "text": text,
    }


def _ask(
    task: "Assignment",
    kind: str,
    reason: Reason,
    text: str,
    state: str,
    *,
    by: Person,
    at: datetime,
) -> "Request":
    return task.requests.model(
        assignment=task,
        kind=kind,
        state=state,
        reason=reason,
        text=text.strip(),
        asked_by_id=by.pk,
        asked_at=at,
    )


def signed(request: "Request", *, by: Person, at: datetime) -> None:
    """Note who signed and start the office's decision clock."""
    request.signed_by_id, request.signed_at = by.pk, at
    request.decide_due_at = deadline(request.assignment.case, "return_decision", at).at


def _decided(request: "Request", note: str, *, by: Person, at: datetime) -> None:
    if by.pk is not None and by.pk == request.asked_by_id:
        raise Refused(_("A request is decided by another person than the one who asked."))
    request.decided_by_id, request.decided_at, request.decision_note = by.pk, at, note.strip()


def grant_return(request: "Request", note: str, *, by: Person, at: datetime) -> Payload:
    """The task ends as returned; when it led, the others are recalled and the case waits."""
    _decided(request, note, by=by, at=at)
    task, case = request.assignment, request.assignment.case
    task.end_as_returned(at)
    if task.role == "lead":
        for other in case.assignments.open().filter(round=case.round).exclude(pk=task.pk):
            other.end_as_recalled(at)
        case.follow_returned(at)
    return {"unit": task.unit_name, "note": note}


def refuse(request: "Request", note: str, *, by: Person, at: datetime) -> Payload:
    """Say why not; nothing else changes."""
    if not note.strip():
        raise Refused(_("Write why the request is refused."))
    _decided(request, note, by=by, at=at)
    return {"unit": request.assignment.unit_name, "note": note}


def grant_extension(request: "Request", note: str, *, by: Person, at: datetime) -> Payload:
    """Only while the task is still open; the citizen's promise follows the lead's new due time."""
    task, case = request.assignment, request.assignment.case
    if not task.is_open:
        raise Refused(_("The unit has already replied; there is nothing to extend."))
    _decided(request, note, by=by, at=at)
    if request.new_due_at is None:
        raise TypeError("an extension asks for a day")
    task.due_at, task.due_provisional = request.new_due_at, is_provisional(request.new_due_at)
    if task.role == "lead" and case.promise_due_at and case.promise_due_at < task.due_at:
        case.promise_due_at, case.promise_provisional = task.due_at, task.due_provisional
    set_alarms(task)
    return {"unit": task.unit_name, "until": task.due_at.isoformat(), "note": note}
