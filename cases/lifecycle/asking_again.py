"""What citizens say about their case again, whatever the channel: one urge a day, the same words once.

Calls that somebody of the office takes are counted each: the citizen did ring again.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cases.lifecycle.of_case import lock
from cases.people.person import Person
from cases.privacy.unseen import without_unseen
from cases.steps.possible import Need
from cases.words import ContactKind

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case

SAME = timedelta(minutes=10)  # the same words within it are a second press, not a second saying


def _not_urged_today(case: "Case", by: Person, at: datetime) -> bool:
    """Since the office's midnight; only what citizens do themselves is asked for, in one query."""
    if by.kind != "citizen":
        return True
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    own = case.contacts.filter(kind=ContactKind.URGE, operator=None)
    return not own.filter(at__gte=midnight).exists()


ONCE_A_DAY = Need(
    _not_urged_today, gettext_lazy("You have urged today already; once a day is enough.")
)


def supplement(case: "Case", text: str, *, by: Person, at: datetime) -> bool:
    """Add something to the case (补充情况); the same words again are left out, and ``False`` says so."""
    text = without_unseen(text)
    with transaction.atomic():
        lock(case)
        if _just_said(case, ContactKind.SUPPLEMENT, text.strip(), at):
            return False
        case.supplement(text=text, by=by, at=at)
    return True


def urge(case: "Case", text: str, *, by: Person, at: datetime) -> bool:
    """Ask again in the caller's words; the same words again are a second press, and ``False`` says so."""
    with transaction.atomic():
        lock(case)
        if _just_said(case, ContactKind.URGE, text.strip(), at):
            return False
        case.urge(note=text, by=by, at=at)
    return True


def _just_said(case: "Case", kind: str, text: str, at: datetime) -> bool:
    """Compared as it was written: what is kept beside it may have stand-ins for names and numbers."""
    recent = case.contacts.filter(kind=kind, at__gte=at - SAME)
    return any(one.original("note").strip() == text for one in recent)
