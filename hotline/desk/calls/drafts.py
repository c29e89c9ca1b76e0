"""The operator's unfinished forms: listed, taken up again, thrown away."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.models import User
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.request import StaffRequest
from hotline.desk.calls.models.draft import Draft

WORDS = (
    "content",
    "title",
    "request",
    "name",
    "address",
    "respondent",
    "note",
    "answer",
    "legal_route",
)


def is_own(user: User, token: str) -> bool:
    """Whether a form of that key may be kept for the person: it has one, and nobody else's draft has it."""
    return bool(token) and not Draft.objects.filter(token=token).exclude(operator=user.pk).exists()


def kept(user: User, token: str, fields: Mapping[str, str], at: datetime) -> Draft | None:
    """Keep what is typed; where no word is left that the office has not recorded, no draft stays.

    A number alone, a class or the words of an urge that was recorded are nothing to take up again.
    """
    words = {name: fields.get(name, "").strip() for name in WORDS}
    if words["content"] == fields.get("told", "").strip():
        words["content"] = ""
    if any(words.values()):
        return Draft.keep(user, token, dict(fields), at)
    Draft.objects.of(user).filter(token=token).delete()
    return None


@staff_view("case.accept")
@require_GET
def drafts(request: StaffRequest) -> HttpResponse:
    """The operator's own unfinished forms."""
    return render(
        request, "desk/calls/drafts.html", {"drafts": Draft.objects.of(request.user)[:50]}
    )


@staff_view("case.accept")
@require_POST
def discard(request: StaffRequest, token: str) -> HttpResponse:
    """Throw a draft away."""
    get_object_or_404(Draft.objects.of(request.user), token=token).delete()
    messages.success(request, _("The draft is thrown away."))
    return see_other("desk:drafts")
