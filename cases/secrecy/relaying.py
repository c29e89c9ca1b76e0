"""Contact through the office: a unit asks, the office speaks with the citizen, the unit reads the answer.

So a unit can do its duty of first contact (先行联系) without learning who the citizen is (`domain.md` §2.7).
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.clocks.alarms import clear_alarms
from cases.errors import Refused
from cases.people.person import Person, account_of
from cases.privacy.identity.strictly import strict_marks
from cases.secrecy.models.contact_relay import RelayResult
from cases.shapes import Payload
from cases.words import ContactMethod

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment
    from cases.lifecycle.models.case import Case


def ask(task: "Assignment", question: str, *, by: Person, at: datetime) -> Payload:
    """Put the question on the office's list; one at a time."""
    if not question.strip():
        raise Refused(_("Write what the office is to ask or tell the citizen."))
    if not (task.case.petitioner and task.case.petitioner.phone_hash):
        raise Refused(_("The citizen left no number; nobody can be called."))
    if task.relays.filter(answered_at=None).exists():
        raise Refused(_("The office has not answered your earlier question yet."))
    task.relays.create(question=question.strip(), asked_by_id=account_of(by), asked_at=at)
    return {"unit": task.unit_name, "text": question.strip()}


def answer(task: "Assignment", result: str, text: str, *, by: Person, at: datetime) -> Payload:
    """Keep what the citizen said; a call that reached them is the unit's first contact."""
    asked = task.relays.filter(answered_at=None).first()
    if asked is None:
        raise Refused(_("This question is answered already."))
    if result not in RelayResult.values:
        raise Refused(_("Choose how the call went."))
    if result == RelayResult.REACHED and not text.strip():
        raise Refused(_("Write what the citizen said, without name or number."))
    _must_name_nobody(task.case, text)
    asked.result, asked.answer = result, text.strip()
    asked.answered_by_id, asked.answered_at = by.pk, at
    asked.save()
    missed = (
        result == RelayResult.NOT_REACHED
    )  # not reached is no contact, as with the unit's own calls
    method = ContactMethod.PHONE_MISSED if missed else ContactMethod.OFFICE
    if task.first_contact_at is None or task.first_contact_method == ContactMethod.PHONE_MISSED:
        task.first_contact_at, task.first_contact_by_id = at, by.pk
        task.first_contact_method, task.first_contact_note = method.value, ""
    if not missed:
        clear_alarms(task, "contact")
    return {"unit": task.unit_name, "result": result, "text": asked.answer}


def _must_name_nobody(case: "Case", text: str) -> None:
    """Raise ``Refused`` with every word of an answer that tells who somebody is, however spelt."""
    if marks := strict_marks(text, case.knowledge().whole()):
        words = dict.fromkeys(text[mark.start : mark.end] for mark in marks)
        raise Refused(
            _("The unit reads this answer. Take out what tells who the citizen is: %(words)s")
            % {"words": "、".join(words)}
        )
