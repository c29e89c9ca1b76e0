"""Who calls, looked up in place: a part of the page; nothing else of the form is loaded again or emptied.

Without script the same button sends the form, and the whole page comes back with everything typed.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.pages.request import StaffRequest
from hotline.desk.calls import page
from hotline.desk.calls.caller import Caller, caller_of
from hotline.desk.calls.forms import CallForm, new_token, typed_in


def look_up(request: StaffRequest) -> HttpResponse:
    """Earlier matters of the number typed."""
    caller = caller_of(request.POST.get("phone", ""), request.user, timezone.now())
    return show_caller(request, caller)


def show_caller(
    request: StaffRequest,
    caller: Caller | None,
    *,
    said: str = "",
    refused: str = "",
    told: str | None = None,
) -> HttpResponse:
    """The caller beside the form as it stands; ``said``, ``refused``: what became of an urge.

    ``told``: the words that the office has recorded of this call already.
    """
    now, typed = timezone.now(), typed_in(request.POST)
    if told is not None:
        typed["told"] = told
    if caller and typed.get("looked_up") != caller.phone:
        typed["known_name"] = "on" if caller.mask and not typed.get("name", "").strip() else ""
        typed["looked_up"] = caller.phone
    form = CallForm(initial={"token": new_token(), **typed})
    if not request.headers.get("HX-Request"):
        return page.show(request, form, caller, said=said, refused=refused)
    page.told_of(request, caller, 0, now)
    context = {"form": form, "caller": caller, "now": now, "said": said, "refused": refused}
    return render(request, "desk/calls/looked_up.html", context)
