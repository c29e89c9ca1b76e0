"""Which notices a person gets: their unit's, in the office only those of their role."""

from datetime import datetime

from django.db.models import Q, QuerySet

from cases.models import Case, Notice, User
from cases.people.permissions import scope_of
from cases.secrecy.models.respondent import is_about
from hotline.desk.notices.telling import OFFICE_KINDS


def notices_of(user: User) -> QuerySet[Notice]:
    """Notices for the person, their unit and the units below, or their role in the office."""
    scope = scope_of(user)
    if scope.sees_nothing:
        return Notice.objects.filter(user=user)
    if scope.is_office:
        kinds = [kind for kind, roles in OFFICE_KINDS.items() if user.roles & roles]
        return Notice.objects.filter(Q(user=user) | Q(unit=user.unit_id, kind__in=kinds))
    mine = Notice.objects.filter(Q(user=user) | Q(unit__in=scope.unit_ids))
    return mine.filter(~is_about(scope.barred_ids, "case"))  # written before it was known


def read_with(case: Case, user: User, at: datetime) -> None:
    """Whoever opened the case has read what its notices say."""
    unread(user).filter(case=case).update(read_at=at, read_by=user)


def unread(user: User) -> QuerySet[Notice]:
    """Those nobody concerned has marked as read."""
    return notices_of(user).filter(read_at=None)
