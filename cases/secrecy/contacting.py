"""How a unit reaches a citizen it must not know: somebody whom the office names (`domain.md` §2.7)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.people.models.staff import User
from cases.people.person import Person, account_of
from cases.secrecy.models.contact_grant import ContactGrant
from cases.shapes import Payload
from cases.words import Role, Secrecy

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case

UNIT_ROLES = frozenset({Role.CLERK, Role.LEADER})


def name(case: "Case", user: User, reason: str, *, by: Person, at: datetime) -> Payload:
    """Let one person of a unit that handles the case know the citizen; both are recorded."""
    if case.secrecy == Secrecy.NORMAL:
        raise Refused(_("This case is not confidential: its unit may contact the citizen anyway."))
    if not reason.strip():
        raise Refused(_("Write why this person has to know the citizen."))
    if not may_be_named(case, user):
        raise Refused(_("Choose a person of a unit that handles this case."))
    named = (
        case.contact_grants.filter(ended_at=None).exclude(user=user).select_related("user").first()
    )
    if named is not None:
        raise Refused(
            _("%(who)s is named for this case. One person only knows the citizen: end that first.")
            % {"who": named.user.name}
        )
    _grant, is_new = ContactGrant.objects.get_or_create(
        case=case,
        user=user,
        ended_at=None,
        defaults={
            "reason": reason.strip()[:200],
            "granted_by_id": account_of(by),
            "granted_at": at,
        },
    )
    if not is_new:
        raise Refused(_("%(who)s is named already.") % {"who": user.name})
    return {
        "user": user.pk,
        "person": user.name,
        "person_unit": user.unit_name,
        "note": reason.strip(),
    }


def end(case: "Case", user: User, *, by: Person, at: datetime) -> Payload:
    """Take it back; what was seen stays in the log of views."""
    held = case.contact_grants.filter(user=user, ended_at=None)
    if not held.update(ended_by_id=by.pk, ended_at=at):
        raise Refused(_("%(who)s is not named.") % {"who": user.name})
    return {"user": user.pk, "person": user.name, "person_unit": user.unit_name}


def may_be_named(case: "Case", user: User) -> bool:
    """Whether the person works for a unit that holds a task of the case and is not recused."""
    return (
        user.has_role(*UNIT_ROLES)
        and user.barred_ids.isdisjoint(case.accused_ids)
        and case.assignments.held().filter(unit__in=user.unit_ids).exists()
    )
