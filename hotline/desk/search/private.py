"""Questions that look a person up: kept sealed in the session under a random key, for a short time.

A telephone number in an address would stand in the browser's history, in the logs of every proxy and
in the next page's referrer; the key tells nothing and opens nothing in another session.
"""

import secrets
from typing import TypedDict

from django.http import HttpRequest
from django.utils import timezone

from cases.privacy.crypto import CannotOpen, seal, unseal

KEPT_SECONDS = 15 * 60  # since it was last looked at
MOST = 5  # of one session; the oldest goes first
SLOT = "questions"


class KeptQuestion(TypedDict):
    """What the session holds of one: the words, sealed, and the second at which it is over."""

    words: str
    until: float


def keep(request: HttpRequest, words: str) -> str:
    """Keep the words; return the key that stands in the address for them."""
    key = secrets.token_urlsafe(12)
    kept = _alive(request)
    kept[key] = {"words": seal(words, of=_place(key)), "until": _now() + KEPT_SECONDS}
    request.session[SLOT] = dict(list(kept.items())[-MOST:])
    return key


def read(request: HttpRequest, key: str) -> str | None:
    """The words of a key of this session; ``None`` when their time is over."""
    kept = _alive(request)
    found = kept.pop(key, None)
    if found is None:
        return None
    try:
        words = unseal(found["words"], of=_place(key))
    except CannotOpen:  # sealed with a key that is retired meanwhile: its time is over too
        request.session[SLOT] = kept
        return None
    kept[key] = {"words": seal(words, of=_place(key)), "until": _now() + KEPT_SECONDS}
    request.session[SLOT] = kept
    return words


def _place(key: str) -> str:
    return f"question:{key}"


def _alive(request: HttpRequest) -> dict[str, KeptQuestion]:
    kept = request.session.get(SLOT, {})
    return {key: one for key, one in kept.items() if one["until"] > _now()}


def _now() -> float:
    return timezone.now().timestamp()
