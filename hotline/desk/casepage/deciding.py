"""Where the office decides what comes next for a case: the way from its page to the right desk."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.people.permissions import may
from cases.words import CaseState, RequestState


@dataclass(frozen=True)
class Way:
    """A desk and the words on the button that leads there."""

    url: str
    label: str | Promise


# state of the case -> act of the matrix, screen, words
DESKS: dict[str, tuple[str, str, str | Promise]] = {
    CaseState.SUBMITTED: ("case.dispatch", "routing:dispatch", _("Accept and dispatch")),
    CaseState.ACCEPTED: ("case.dispatch", "routing:dispatch", _("Dispatch it")),
    CaseState.UNDER_REVIEW: ("case.review", "desk:review", _("Review the reply")),
    CaseState.CALLBACK: ("case.callback", "satisfaction:callbacks", _("Call back")),
    CaseState.DISSATISFIED: (
        "case.review_dissatisfied",
        "satisfaction:dissatisfied",
        _("Review the dissatisfaction"),
    ),
}
DECIDES = {"return": "request.decide_return", "extension": "request.decide_extension"}


def decision_for(user: Any, case: Any) -> Way | None:
    """The desk on which this person moves the case on; ``None`` when it is not theirs to do."""
    found = DESKS.get(case.state)
    if found is None or not may(user, found[0], case):
        return None
    if found[0] == "case.dispatch" and not may(user, "desk.dispatch"):
        return None  # operators dispatch from their own screen, during the call
    return Way(f"{reverse(found[1])}?case={case.number}", found[2])


def decidable(user: Any, requests: list[Any]) -> frozenset[int]:
    """Ids of the requests that wait for this person's word."""
    return frozenset(
        asked.pk
        for asked in requests
        if asked.state == RequestState.SIGNED and may(user, DECIDES[asked.kind], asked)
    )
