"""No look at personal data without trace: why, how often in a day, and who is told of an unusual run.

Rationed are citizens, not looks: who was seen today may be seen again. Looks that a person's queue asks
for (call-backs, contacts for units) are recorded but not rationed. Source: `domain.md` §2.7 (audit of
every user, minimum necessary).
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.errors import NotPermitted, Refused
from cases.looks import unusual
from cases.people.models.staff import User
from cases.people.person import Person
from cases.people.sight import What, sees
from cases.privacy.identity.finding import NAME, Voice, applied, find
from cases.privacy.identity.names import known_names, titled_names
from cases.privacy.identity.spelling import spelled
from cases.privacy.models.petitioner import ViewLog

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case

RUN, RUN_SPAN = 10, timedelta(minutes=10)  # so many citizens in so short a time are told
DUTY_RUN, DUTY_SPAN = 60, timedelta(hours=1)
KIND = "looks_unusual"


def check(case: "Case", *, by: Person) -> None:
    """Raise ``NotPermitted`` for whoever may not read who it is: before a form is looked at, too."""
    if not sees(by, case, What.IDENTITY):
        raise NotPermitted(f"case.reveal by {by.name}")


def reveal(
    case: "Case", fields: str, reason: str, *, by: User, at: datetime, is_duty: bool = False
) -> ViewLog:
    """Record that ``by`` sees ``fields`` of the case's citizen now.

    Raises ``NotPermitted`` for whoever may not read them, whichever desk it is asked from, and ``Refused``
    when the day's citizens are used up (``REVEALS_A_DAY``, by the office's midnight).
    """
    check(case, by=by)
    looks = ViewLog.objects.filter(user=by.pk, is_duty=is_duty)
    if not is_duty:
        _ration(case, looks, by, at)
    look = ViewLog.objects.create(
        case=case,
        user=by,
        fields=fields,
        reason=_unnamed(reason, case)[:200],  # whoever reads the record must not learn it
        at=at,
        is_duty=is_duty,
    )
    most, span = (DUTY_RUN, DUTY_SPAN) if is_duty else (RUN, RUN_SPAN)
    found = len(_citizens(looks.filter(at__gt=at - span, at__lte=at)))
    if found >= most:
        unusual.tell(KIND, by, found, span, at)
    return look


def _unnamed(reason: str, case: "Case") -> str:
    """The reason without the names known of the case and without people's numbers.

    It is a member of the office who writes: what looks like a name and is none of the case's stays.
    """
    known = case.knowledge().whole()

    def tells(piece: str) -> bool:
        said = spelled(piece).text
        return any(known_names(said, known.names)) or any(titled_names(said, known.names))

    marks = find(reason, known, Voice.UNIT)
    found = [one for one in marks if one.kind != NAME or tells(reason[one.start : one.end])]
    return applied(reason, found)


def _ration(case: "Case", looks: QuerySet[ViewLog], by: Person, at: datetime) -> None:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    seen = _citizens(looks.filter(at__gte=midnight))
    if len(seen) < settings.REVEALS_A_DAY:
        return
    citizen = case.petitioner
    if citizen and _who(citizen.phone_hash, citizen.pk) in seen:
        return
    unusual.tell(KIND, by, len(seen), at - midnight, at)
    raise Refused(
        _(
            "You have looked at the data of %(n)d citizens today, which is the most. "
            "Ask your supervisor; tomorrow you may again."
        )
        % {"n": len(seen)}
    )


def _citizens(looks: QuerySet[ViewLog]) -> set[str]:
    """Everybody who was seen, each once however many of their cases it was in. One query."""
    seen = looks.values_list("case__petitioner__phone_hash", "case__petitioner").distinct()
    return {_who(phone_hash, pk) for phone_hash, pk in seen.order_by()}


def _who(phone_hash: str | None, pk: int | None) -> str:
    """The same number is the same citizen; without a number everybody is somebody else."""
    return phone_hash or f"#{pk}"
