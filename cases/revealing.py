"""No look at personal data without trace: why, how often in a day, and who is told of an unusual run.

Looks that a person's queue asks for (call-backs, contacts for units) are recorded but not rationed. Source:
`domain.md` §2.7 (audit of every user, minimum necessary).
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.models.notice import Notice
from cases.models.petitioner import ViewLog
from cases.models.staff import User, UserRole
from cases.words import Role

RUN, RUN_SPAN = 10, timedelta(minutes=10)  # so many in so short a time are told
DUTY_RUN, DUTY_SPAN = 60, timedelta(hours=1)
KIND = "looks_unusual"


def reveal(
    case: Any, fields: str, reason: str, *, by: Any, at: datetime, is_duty: bool = False
) -> ViewLog:
    """Record that ``by`` sees ``fields`` of the case's citizen now.

    Raises ``Refused`` when the day's looks are used up (``REVEALS_A_DAY``, by the office's midnight).
    """
    looks = ViewLog.objects.filter(user=by.pk)
    if not is_duty:
        midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        if looks.filter(is_duty=False, at__gte=midnight).count() >= settings.REVEALS_A_DAY:
            _tell(by, settings.REVEALS_A_DAY, at - midnight, at)
            raise Refused(
                _(
                    "You have looked at the data of %(n)d citizens today, which is the most. "
                    "Ask your supervisor; tomorrow you may again."
                )
                % {"n": settings.REVEALS_A_DAY}
            )
    made = ViewLog.objects.create(
        case=case, user=by, fields=fields, reason=reason[:200], at=at, is_duty=is_duty
    )
    most, span = (DUTY_RUN, DUTY_SPAN) if is_duty else (RUN, RUN_SPAN)
    found = looks.filter(is_duty=is_duty, at__gt=at - span, at__lte=at).count()
    if found >= most:
        _tell(by, found, span, at)
    return made


def _tell(by: Any, n: int, span: timedelta, at: datetime) -> None:
    """Tell the security administrators at once, of one person at most once an hour."""
    guards = User.objects.filter(
        is_active=True, pk__in=UserRole.objects.filter(role=Role.SECURITY_ADMIN).values("user")
    )
    said = {
        "person": by.name,
        "person_id": by.pk,
        "n": n,
        "minutes": int(span.total_seconds() // 60),
    }
    lately = Notice.objects.filter(kind=KIND, at__gt=at - timedelta(hours=1))
    if lately.filter(payload__person_id=by.pk).exists():
        return
    Notice.objects.bulk_create(
        Notice(user=guard, kind=KIND, at=at, payload=said) for guard in guards
    )
