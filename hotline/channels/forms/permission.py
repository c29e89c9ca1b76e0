"""Which cases the person at this browser has shown the code of: kept in their session for a while."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from cases.models import Case

KEPT = timedelta(minutes=30)
MOST = 10
IN_SESSION = "shown_codes"


def grant(request: HttpRequest, case: Case, at: datetime, *, rename: bool = True) -> None:
    """Open this one case for half an hour; the session gets a new name (no fixation).

    Not where it got one when the form was begun: an answer that is lost on its way would take the new name
    along, and sending the form again would find nothing.
    """
    open_cases = _current(request, at)
    open_cases[case.number] = (at + KEPT).timestamp()
    if rename:
        request.session.cycle_key()
    request.session[IN_SESSION] = dict(list(open_cases.items())[-MOST:])


def is_granted(request: HttpRequest, number: str, at: datetime) -> bool:
    """Whether the case with this number is open to this session now."""
    return number in _current(request, at)


def _current(request: HttpRequest, at: datetime) -> dict[str, float]:
    kept = request.session.get(IN_SESSION, {})
    return {number: until for number, until in kept.items() if until > at.timestamp()}
