"""Open and change the accounts of members of staff: the system administrator's verb.

Three administrators (system, security, audit) are persons of their own without other roles (等保2.0); who
handles for a unit belongs to it. An account is never deleted: what the person did stays named.
"""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.accounts.recording import record_change, state_of
from cases.errors import NotPermitted, Refused
from cases.people.models.staff import User
from cases.people.permissions import may
from cases.people.person import Person
from cases.words import Role


def keep_account(
    user: User, *, roles: Collection[str], password: str = "", by: Person, at: datetime
) -> User:
    """Save a new or changed account with exactly these ``roles``; "" leaves the password as it is.

    What changed is recorded (``cases.accounts.recording``).

    Raises ``Refused`` with a sentence when roles and unit do not fit, when administrators would lock
    themselves out, or when nobody would be left to administer; ``NotPermitted`` for anybody else.
    """
    if not may(by, "reference.edit"):
        raise NotPermitted("reference.edit")
    wanted = {Role(role).value for role in roles}
    if not wanted:
        raise Refused(_("Choose at least one role."))
    if wanted & {Role.CLERK, Role.LEADER} and user.unit is None:
        raise Refused(_("Unit clerks and unit leaders belong to a unit. Choose the unit."))
    if (
        user.pk is not None
        and user.pk == by.pk
        and not (user.is_active and Role.SYSTEM_ADMIN in wanted)
    ):
        raise Refused(_("You cannot close your own account or take the administrator's role away."))
    if password and user.pk is not None and user.has_role(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        raise Refused(_("Another administrator's password is not yours to set."))
    with transaction.atomic():
        before = state_of(user)
        if password:
            user.set_password(password)
        elif not user.password:
            user.set_unusable_password()
        user.save()
        user.role_rows.exclude(role__in=wanted).delete()
        try:
            user.give(*wanted)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        record_change(user, before, is_password_set=bool(password), by=by, at=at)
    return user
