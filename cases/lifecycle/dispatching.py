"""Give a case to units and take their reply: what dispatch and review do to the tasks.

Called by the arrows of ``Case`` inside their step; several rows of one aggregate, one transaction.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django_fsm import GET_STATE

from cases.clocks.alarms import set_alarms
from cases.clocks.due import deadline, elapsed_term
from cases.errors import Refused
from cases.lifecycle.models.assignment import Assignment
from cases.people.models.unit import Unit
from cases.people.person import Person
from cases.privacy.handling import STANDS
from cases.secrecy.respondent import must_be_settled, must_not_be_recused
from cases.shapes import Payload
from cases.words import CaseState

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case


# a case whose reply is sent back goes to where its round is handled
BACK_TO_UNIT = GET_STATE(
    lambda case, *_args, **_facts: CaseState.REWORK if case.round > 1 else CaseState.IN_PROGRESS,
    states=[CaseState.IN_PROGRESS, CaseState.REWORK],
)


def dispatch(
    case: "Case",
    lead: Unit,
    assisting: Iterable[Unit],
    basis: str,
    note: str,
    *,
    by: Person,
    at: datetime,
) -> Payload:
    """Create the tasks of this round. The clocks start at dispatch, not at signature (§4)."""
    must_be_settled(case)
    assisting = [unit for unit in assisting if unit.pk != lead.pk]
    for unit in (lead, *assisting):
        if not unit.is_active:
            raise Refused(_("“%(unit)s” is no longer in use; choose another.") % {"unit": unit})
    new_task(case, lead, "lead", "unit", basis, note, by=by, at=at)
    for unit in assisting:
        new_task(case, unit, "assist", "assist", basis, note, by=by, at=at)
    case.lead_unit, case.dispatched_at = lead, case.dispatched_at or at
    return {
        "lead": lead.code,
        "lead_name": str(lead),
        "assisting": [unit.code for unit in assisting],
        "assisting_names": [str(unit) for unit in assisting],
        "basis": basis,
        "note": note,
    }


def new_task(
    case: "Case",
    unit: Unit,
    role: str,
    clock: str,
    basis: str,
    note: str,
    *,
    by: Person,
    at: datetime,
) -> Assignment:
    """One task with its stored due times and alarms; refused to a unit that is recused."""
    must_not_be_recused(case, unit)
    handling = deadline(case, clock, at)
    needs_contact = role == "lead" and bool(case.petitioner and case.petitioner.phone_hash)
    task = Assignment.objects.create(
        case=case,
        unit=unit,
        unit_name=unit.name,
        channel=case.channel,
        role=role,
        round=case.round,
        basis=basis[:300],
        note=note,
        dispatched_at=at,
        dispatched_by_id=by.pk,
        sign_due_at=deadline(case, "sign", at).at,
        contact_required=needs_contact,
        contact_due_at=deadline(case, "contact", at).at if needs_contact else None,
        original_due_at=handling.at,
        due_at=handling.at,
        due_provisional=handling.is_provisional,
        term=str(handling.term),
        policy_code=handling.policy,
    )
    set_alarms(task)
    task.took_along("task_given", "")
    return task


def lead_of(case: "Case") -> Assignment:
    """The lead task of a round that is at work, under review or called back: it has one."""
    lead = case.lead()
    if lead is None:
        raise Assignment.DoesNotExist(case.number)
    return lead


def approve_reply(
    case: "Case", public_reply: str, note: str, *, by: Person, at: datetime
) -> Payload:
    """The reply becomes the case's answer; assisting tasks end with it."""
    lead = lead_of(case)
    if by.pk is not None and by.pk == lead.signed_off_by_id:
        raise Refused(_("A reply is reviewed by another person than the one who signed it off."))
    text = public_reply.strip() or lead.public_reply
    edited = text != lead.public_reply
    lead.public_reply, lead.is_edited_by_office = text, edited
    lead.approve(note, by=by, at=at)
    answer = lead.original("public_reply")  # the citizen reads the unit's own words
    if STANDS.search(answer):
        raise Refused(
            _(
                "The citizen would read 〔姓名〕 or 〔号码〕. Leave each of them where it stands, or write "
                "the words yourself."
            )
        )
    for task in case.assignments.filter(round=case.round, role="assist").held():
        task.end_with_lead(at)
    case.answer_text = answer
    if case.answered_at is None:  # a rework does not make the first answer later
        case.answered_at = at
        case.answered_in_workdays = elapsed_term(case.contact_at, at)
    case.callback_due_at = deadline(case, "callback", at).at
    return {"unit": lead.unit_name, "edited": edited, "note": note, "reply": text}


def return_format(case: "Case", note: str, *, by: Person, at: datetime) -> Payload:
    """Back to the unit for form only; counted apart from rework."""
    if not note.strip():
        raise Refused(_("Write what is missing in the reply."))
    lead = lead_of(case)
    lead.return_format(note, by=by, at=at)
    return {"unit": lead.unit_name, "note": note}
