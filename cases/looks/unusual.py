"""Tell the security administrators of an unusual run of looks, at once (`domain.md` §2.7)."""

from datetime import datetime, timedelta

from cases.events.models.notice import Notice
from cases.people.models.staff import User, UserRole
from cases.people.person import Person
from cases.words import Role

QUIET = timedelta(hours=1)  # of one person and kind they are told once in this time


def tell(kind: str, by: Person, n: int, span: timedelta, at: datetime) -> None:
    """Write the notices: ``by`` did ``n`` within ``span``."""
    lately = Notice.objects.filter(kind=kind, at__gt=at - QUIET)
    if lately.filter(payload__person_id=by.pk).exists():
        return
    guards = User.objects.filter(
        is_active=True, pk__in=UserRole.objects.filter(role=Role.SECURITY_ADMIN).values("user")
    )
    said = {
        "person": by.name,
        "person_id": by.pk,
        "n": n,
        "minutes": int(span.total_seconds() // 60),
    }
    Notice.objects.bulk_create(
        Notice(user=guard, kind=kind, at=at, payload=said) for guard in guards
    )
