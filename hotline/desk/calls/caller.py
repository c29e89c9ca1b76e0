"""Who is calling: earlier matters and calls by the number, found by its keyed hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cases.models import Case, Contact, Petitioner, User
from cases.people.sight import stands_in
from cases.privacy.crypto import keyed_hashes
from cases.privacy.phone import is_plausible, normalise
from cases.words import CaseState, Channel

SHOWN = 6


@dataclass(frozen=True)
class Caller:
    """The number, the name last given (masked), how often they called, their matters (newest first).

    ``total``: how many matters in all; ``urgeable``: ids of those about which they may ask again now;
    ``is_complete``: whether the number could be dialled (else nothing is looked up).
    """

    phone: str
    mask: str = ""
    gender: str = ""
    calls: int = 0
    total: int = 0
    cases: Sequence[Case] = ()
    urgeable: frozenset[int] = frozenset()
    is_complete: bool = True

    @property
    def is_new(self) -> bool:
        """Whether neither a call nor a matter of this number is known."""
        return not self.calls and not self.total


def caller_of(phone: str, user: User, at: datetime) -> Caller | None:
    """Everything the operator may know of this number; ``None`` without a number. Four queries."""
    digits = normalise(phone)
    if not digits:
        return None
    if not is_plausible(digits):
        return Caller(digits, is_complete=False)
    seen = Q(case=None) | stands_in(Case.objects.visible_to(user), "case")
    contacts = Contact.objects.filter(seen, phone_hash__in=keyed_hashes(digits))
    mine = _matters(digits, user)
    cases = list(mine.select_related("petitioner", "lead_unit")[:SHOWN])
    named = known_by(digits, user)
    return Caller(
        phone=digits,
        mask=named.name_mask if named else "",
        gender=named.gender if named else "",
        calls=contacts.filter(channel=Channel.PHONE).count(),  # a form on the website is no call
        total=len(cases) if len(cases) < SHOWN else mine.count(),
        cases=cases,
        urgeable=frozenset(case.pk for case in cases if "urge" in case.possible(user, at=at)),
    )


def _matters(digits: str, user: User) -> QuerySet[Case]:
    found: QuerySet[Case] = Case.objects.visible_to(user).filter(
        petitioner__phone_hash__in=keyed_hashes(digits)
    )
    return found.order_by("-registered_at", "-pk")


def known_by(phone: str, user: User) -> Petitioner | None:
    """Who last gave a name with this number: taken into a new case without being shown."""
    digits = normalise(phone)
    if not digits:
        return None
    named = _matters(digits, user).exclude(petitioner__name_mask="")
    last = named.select_related("petitioner").first()
    return last.petitioner if last else None


def shift_of(user: User, at: datetime) -> dict[str, int]:
    """The operator's own day so far: calls logged, matters answered directly. One query each."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Contact.objects.filter(operator=user.pk, at__gte=midnight, channel="phone")
    done = Case.objects.filter(registered_by=user.pk, registered_at__gte=midnight)
    # grouped, SQLite would read every case
    answered = Count("pk", filter=Q(state=CaseState.ANSWERED))
    return {"calls": today.count()} | done.aggregate(cases=Count("pk"), answered=answered)
