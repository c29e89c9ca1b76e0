"""Secrecy (保密) of a case: raised by one person, lowered by two, and never below what its type demands.

A report of wrongdoing is secret whatever was ticked. Source: `domain.md` §2.7 (confidential levels) and the
rule of two persons for whatever weakens a protection.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.people.person import Person, account_of
from cases.secrecy.models.secrecy_request import SecrecyRequest
from cases.shapes import Payload
from cases.words import DemandType, Secrecy

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case

LEAST_REASON = 5  # characters for which less is granted: “ok” is none
ORDER = (Secrecy.NORMAL.value, Secrecy.CONFIDENTIAL.value, Secrecy.SECRET.value)


def rank(level: str) -> int:
    """How strongly a level protects; raises ``Refused`` for one that does not exist."""
    if level not in ORDER:
        raise Refused(_("Choose a level of secrecy."))
    return ORDER.index(level)


def least(demand_type: str, ticked: str) -> str:
    """Return the level of a new case: what was ticked, secret at least for a report of wrongdoing."""
    return Secrecy.SECRET.value if demand_type == DemandType.REPORT else ticked


def raise_to(case: "Case", level: str, note: str) -> Payload:
    """Protect more, at once."""
    if rank(level) <= rank(case.secrecy):
        raise Refused(_("Secrecy is only raised here; to lower it, ask a second person."))
    before, case.secrecy = case.secrecy, level
    case.reread(before)
    return {"from": before, "to": level, "note": note.strip()}


def ask_lower(case: "Case", level: str, reason: str, *, by: Person, at: datetime) -> Payload:
    """Ask a second person to protect less; nothing changes yet."""
    if rank(level) >= rank(case.secrecy):
        raise Refused(_("Choose a lower level than the present one."))
    if case.demand_type == DemandType.REPORT:
        raise Refused(
            _("A report of wrongdoing stays secret. Change its type first, if it is none.")
        )
    if not reason.strip():
        raise Refused(_("Write why less secrecy is enough."))
    if SecrecyRequest.objects.filter(case=case, decided_at=None).exists():
        raise Refused(_("A request to lower the secrecy of this case waits already."))
    SecrecyRequest.objects.create(
        case=case, level=level, reason=reason.strip(), asked_by_id=account_of(by), asked_at=at
    )
    return {"from": case.secrecy, "to": level, "note": reason.strip()}


def withdraw(case: "Case", *, by: Person, at: datetime) -> Payload:
    """Whoever asked asks no longer; the level stays and nobody decides any more."""
    asked = SecrecyRequest.objects.filter(case=case, decided_at=None).first()
    if asked is None:
        raise Refused(_("Nobody asks to lower the secrecy of this case."))
    if by.pk != asked.asked_by_id:
        raise Refused(_("Only the person who asked takes the request back."))
    asked.decided_by_id, asked.decided_at = by.pk, at  # neither granted nor refused
    asked.save()
    return {"from": case.secrecy, "to": asked.level}


def decide(case: "Case", *, granted: bool, note: str, by: Person, at: datetime) -> Payload:
    """Lower it or leave it; the second person is another one than the first."""
    asked = SecrecyRequest.objects.filter(case=case, decided_at=None).first()
    if asked is None:
        raise Refused(_("Nobody asks to lower the secrecy of this case."))
    if by.pk is None or by.pk == asked.asked_by_id:  # no program decides
        raise Refused(_("A request is decided by another person than the one who asked."))
    if not granted and not note.strip():
        raise Refused(_("Write why the request is refused."))
    if granted and len(note.strip()) < LEAST_REASON:
        raise Refused(
            _("Write why less secrecy is enough, in %(n)d characters or more.")
            % {"n": LEAST_REASON}
        )
    before = case.secrecy
    if granted and case.demand_type == DemandType.REPORT:
        raise Refused(
            _("A report of wrongdoing stays secret. Change its type first, if it is none.")
        )
    if granted and rank(asked.level) < rank(before):
        case.secrecy = asked.level
        case.reread(before)
    asked.granted, asked.decided_by_id, asked.decided_at = granted, by.pk, at
    asked.decision_note = note.strip()
    asked.save()
    said = {"from": before, "to": case.secrecy, "granted": granted, "note": note.strip()}
    return said | {"user": asked.asked_by_id}  # who is told
