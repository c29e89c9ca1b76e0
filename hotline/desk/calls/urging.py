"""The caller asks about an open case again (催办): the words typed go along, and the call goes on."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.lifecycle.asking_again import urge as urge_again
from cases.lifecycle.registering import CONTENT_LENGTH
from cases.looks.looking import saw
from cases.pages.access import staff_view
from cases.pages.finding import case_for
from cases.pages.request import StaffRequest
from hotline.desk.calls.caller import caller_of
from hotline.desk.calls.drafts import is_own, kept
from hotline.desk.calls.forms import typed_in
from hotline.desk.calls.looking_up import show_caller


@staff_view("case.accept")
@require_POST
def urge(request: StaffRequest, number: str) -> HttpResponse:
    """An urge, not a new case; without words nothing is recorded, and the page says so."""
    case, now = case_for(request.user, number), timezone.now()
    words = request.POST.get("content", "").strip()[:CONTENT_LENGTH]
    said = refused = ""
    if not words:
        refused = _("Write in “Content” what the caller says, then press F4: the unit reads it.")
    elif urge_again(case, words, by=request.user, at=now):
        said = _("Recorded as urge no. %(count)d of “%(title)s”, with what you wrote.") % {
            "count": case.urge_count,
            "title": case.title,
        }
    else:
        refused = _("These words are recorded as an urge already.")
    caller = caller_of(request.POST.get("phone", ""), request.user, now)
    saw(by=request.user, at=now, case=case)  # the answer names it
    typed = typed_in(request.POST) | {"told": words}
    token = typed.get("token", "")[:40]
    if words and is_own(request.user, token):
        kept(request.user, token, typed, now)
    return show_caller(request, caller, said=said, refused=refused, told=words or None)
