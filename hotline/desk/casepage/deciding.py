"""Where the office decides what comes next for a case: the way from its page to the right desk."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Request, User
from cases.people.permissions import may


@dataclass(frozen=True)
class DeskWay:
    """A desk and the words on the button that leads there."""

    url: str
    label: str | Promise


# verb of the case -> whose work it is, screen, words
DESKS: dict[str, tuple[str, str, str | Promise]] = {
    # operators accept and dispatch from their own screen, during the call
    "accept": ("desk.dispatch", "routing:dispatch", _("Accept and dispatch")),
    "dispatch": ("desk.dispatch", "routing:dispatch", _("Dispatch it")),
    "approve_reply": ("case.review", "desk:reply_review", _("Review the reply")),
    "note_callback": ("case.callback", "satisfaction:callbacks", _("Call back")),
    "close_explained": (
        "case.review_dissatisfied",
        "satisfaction:dissatisfied",
        _("Review the dissatisfaction"),
    ),
}
DECISIONS = frozenset({"grant_return", "grant_extension"})


def decision_for(user: User, case: Case, verbs: frozenset[str]) -> DeskWay | None:
    """The desk on which this person moves the case on; ``None`` when it is not theirs to do."""
    for verb, (act, screen, label) in DESKS.items():
        if verb in verbs and may(user, act):
            return DeskWay(f"{reverse(screen)}?case={case.number}", label)
    return None


def decidable(user: User, requests: list[Request], now: datetime) -> frozenset[int]:
    """Ids of the requests that wait for this person's word."""
    return frozenset(asked.pk for asked in requests if DECISIONS & asked.possible(user, at=now))
