"""The page of a case, closed cases like it, and its printed task sheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.looks.looking import saw
from cases.pages.access import staff_view
from cases.pages.request import StaffRequest
from cases.people.sight import What, sees
from cases.words import Secrecy
from hotline.desk.casepage.likes import similar_cases, twins
from hotline.desk.casepage.page import show_case, shown_case
from hotline.desk.notices.mine import read_with


@require_safe
@never_cache
@staff_view()
def case_page(request: StaffRequest, number: str) -> HttpResponse:
    """One page for every role; what may be done on it depends on the person and the state."""
    case = shown_case(request.user, number)
    if getattr(case, "has_unread", False):
        read_with(case, request.user, timezone.now())
    return show_case(request, case)


@require_safe
@never_cache
@staff_view()
def similar(request: StaffRequest, number: str) -> HttpResponse:
    """Cases like this one, closed or still open: a page of its own, or the panel that the case page fetches.

    Looking for them takes as long as the rest of the case page, which does not wait for them.
    """
    case = shown_case(request.user, number)
    found = similar_cases(request.user, case)
    template = (
        "desk/similar_panel.html" if request.headers.get("HX-Request") else "desk/similar.html"
    )
    same = twins(request.user, case)
    saw(by=request.user, at=timezone.now(), lists={"similar": len(found) + len(same)})
    context = {"case": case, "similar": found, "twins": same}
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@never_cache
@staff_view()
def sheet(request: StaffRequest, number: str) -> HttpResponse:
    """The task sheet on paper: masked, with room for the handling and the signature.

    Paper goes to the unit whoever prints it: where units see no mask, it has none.
    """
    case, now = shown_case(request.user, number), timezone.now()
    saw(by=request.user, at=now, case=case)
    tasks = case.assignments.held().filter(round=case.round).select_related("unit")
    sees_mask = case.secrecy == Secrecy.NORMAL and sees(request.user, case, What.MASK)
    return render(
        request,
        "desk/case_sheet.html",
        {
            "case": case,
            "sees_mask": sees_mask,
            "are_files_kept": not sees_mask and case.attachments.exists(),
            "tasks": tasks,
            "lead": next((t for t in tasks if t.role == "lead"), None),
            "now": now,
        },
    )
