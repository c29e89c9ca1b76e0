"""What somebody sent with a form that could not be taken in, given back to them and to nobody else."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, gettext_lazy

from cases.shapes import Context
from hotline.channels.forms.guards import LARGEST

SECRET = re.compile(r"pass(word|phrase|wd)|secret", re.IGNORECASE)
LINE, MOST_LINES = 30, 12  # characters of a line on a telephone; lines shown at once
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
AGAIN = "_again"  # marks what is sent from a page of ours that gave it back
SHORT = 30  # characters of a number or name; longer single words are stamps and keys
LABELS = {
    "title": gettext_lazy("Title"),
    "content": gettext_lazy("Content"),
    "request": gettext_lazy("Request"),
    "address": gettext_lazy("Address"),
    "name": gettext_lazy("Name"),
    "phone": gettext_lazy("Telephone"),
    "number": gettext_lazy("Case number"),
    "code": gettext_lazy("Query code"),
    "note": gettext_lazy("Note"),
    "reason": gettext_lazy("Reason"),
    "username": gettext_lazy("Login name"),
    "staff_number": gettext_lazy("Staff number"),
    "public_reply": gettext_lazy("Public reply"),
    "handling": gettext_lazy("Handling"),
    "internal_note": gettext_lazy("Internal handling text"),
}


@dataclass(frozen=True)
class Field:
    """One posted value; ``is_text``: somebody wrote it and wants to see it again."""

    name: str
    value: str
    is_text: bool

    @property
    def label(self) -> str:
        """What the box is called, where that is known."""
        return str(LABELS.get(self.name.rpartition("-")[2], gettext("What you wrote")))

    @property
    def rows(self) -> int:
        """Lines of the box in which it is shown."""
        lines = sum(1 + len(line) // LINE for line in self.value.splitlines())
        return min(max(lines, 1), MOST_LINES)


@dataclass(frozen=True)
class Typed:
    """Everything posted but files and passwords. ``may_resend``: the page may offer to send it again."""

    fields: list[Field] = field(default_factory=list)
    files: dict[str, list[str]] = field(default_factory=dict)
    token: str = ""

    @property
    def texts(self) -> list[Field]:
        """What somebody wrote."""
        return [one for one in self.fields if one.is_text]

    @property
    def words(self) -> list[Field]:
        """The same without choices, whether or not they can be sent again."""
        return [one for one in self.fields if _is_text(one.value)]

    @property
    def may_resend(self) -> bool:
        """Whether the page may hold a form: never for what came without the sender's own token."""
        return bool(self.token)


def typed_in(request: HttpRequest, *, is_ours: bool = False) -> Typed | None:
    """Read what was posted; ``None`` when there is nothing to give back. Asks no database.

    ``is_ours``: it was sent from a page of ours that gave it back before.

    A form is offered only when the token was found right before: else somebody else's page could make
    ours hold a form with a good one. A form with a password is never offered again.
    """
    if request.method != "POST":
        return None
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            return None
        posted, files = request.POST, request.FILES
    except (OSError, ValueError, SuspiciousOperation, RequestDataTooBig, MultiPartParserError):
        return None  # it could not even be read
    lost = {name: [one.name or "" for one in sent] for name, sent in files.lists()}
    is_own = is_ours or getattr(request, "csrf_processing_done", False)
    has_secret = any(SECRET.search(name) for name in posted)
    may_resend = is_own and not has_secret
    fields = [
        Field(name, value, _is_text(value) or (not may_resend and 0 < len(value) <= SHORT))
        for name, values in posted.lists()
        for value in values
        if name not in {TOKEN, AGAIN} and not SECRET.search(name)
    ]
    return Typed(fields, lost, get_token(request) if may_resend else "")


def sent_back(request: HttpRequest) -> Context:
    """Context processor: ``sent_back``, for pages that say why what was sent is not taken in.

    Words that another site's page sent never stand on ours.
    """
    is_own = getattr(request, "csrf_processing_done", False) or is_from_ours(request)
    return {"sent_back": SimpleLazyObject(lambda: typed_in(request) if is_own else None)}


def is_from_ours(request: HttpRequest) -> bool:
    """Whether the browser says that it was sent from a page of ours."""
    origin = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    try:
        return origin.netloc == request.get_host()
    except DisallowedHost:
        return False


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's words
    """Answer a form whose token is too old; what was written stands there to be copied."""
    return render(request, "403_csrf.html", status=403)


def _is_text(value: str) -> bool:
    """Choices and stamps are one ASCII word; what somebody wrote is not, and numbers are shown too."""
    is_number = len(value) <= SHORT and any(char.isdigit() for char in value)
    return not value.isascii() or len(value.split()) > 1 or is_number
