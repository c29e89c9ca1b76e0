"""Who is calling: earlier matters and calls by the number, found by its keyed hash."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from cases.models import Case, Contact, User
from cases.people.sight import stands_in
from cases.privacy.crypto import keyed_hashes
from cases.privacy.phone import normalise
from cases.words import CaseState, Channel

SHOWN = 6


@dataclass(frozen=True)
class Caller:
    """The number as typed, the name last given (masked), how often they called, their matters.

    ``urgeable``: ids of the matters about which they may ask again now.
    """

    phone: str
    mask: str
    gender: str
    calls: int
    cases: list[Case]
    urgeable: frozenset[int]


def caller_of(phone: str, user: User, at: datetime) -> Caller | None:
    """Everything the operator may know of this number; ``None`` without a number. Three queries."""
    digits = normalise(phone)
    if not digits:
        return None
    seen = Q(case=None) | stands_in(Case.objects.visible_to(user), "case")
    contacts = Contact.objects.filter(seen, phone_hash__in=keyed_hashes(digits))
    mine = (
        Case.objects.visible_to(user)
        .filter(petitioner__phone_hash__in=keyed_hashes(digits))
        .select_related("petitioner", "lead_unit")
        .order_by("-registered_at", "-pk")
    )
    cases = list(mine[:SHOWN])
    last = cases[0].petitioner if cases else None
    return Caller(
        phone=digits,
        mask=last.name_mask if last else "",
        gender=last.gender if last else "",
        calls=contacts.filter(channel=Channel.PHONE).count(),  # a form on the website is no call
        cases=cases,
        urgeable=frozenset(case.pk for case in cases if "urge" in case.possible(user, at=at)),
    )


def name_of(phone: str, user: User) -> str:
    """The name last given with this number, to be put into a new case without being shown."""
    seen = Case.objects.visible_to(user).filter(
        petitioner__phone_hash__in=keyed_hashes(normalise(phone))
    )
    last = seen.select_related("petitioner").order_by("-registered_at", "-pk").first()
    return last.petitioner.name if last and last.petitioner and normalise(phone) else ""


def shift_of(user: User, at: datetime) -> dict[str, int]:
    """The operator's own day so far: calls logged, matters answered directly. One query each."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Contact.objects.filter(operator=user.pk, at__gte=midnight, channel="phone")
    done = Case.objects.filter(registered_by=user.pk, registered_at__gte=midnight)
    # grouped, SQLite would read every case
    answered = Count("pk", filter=Q(state=CaseState.ANSWERED))
    return {"calls": today.count()} | done.aggregate(cases=Count("pk"), answered=answered)
