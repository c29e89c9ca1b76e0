"""The leader's list: replies and returns that wait for a signature, each to be signed in place."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.looks.looking import saw
from cases.pages.access import staff_view
from cases.pages.request import StaffRequest
from hotline.desk.casepage.forms import SendBackForm
from hotline.desk.signoff.queue import replies_for, returns_for
from hotline.desk.worklist import steps

PAGE = 20


@require_safe
@staff_view("assignment.sign_off")
def signoff(request: StaffRequest) -> HttpResponse:
    """Show what waits for the leader's signature."""
    now = timezone.now()
    replies = replies_for(request.user).select_related(
        "case__region", "unit", "submitted_by", "first_contact_by"
    )
    page = Paginator(replies, PAGE).get_page(request.GET.get("page"))
    for task in page:
        task.workdays = steps.workdays_left(now, task.due_at)
        task.tags = steps.tags(task)
        task.send_back_form = SendBackForm(auto_id=f"back{task.pk}_%s")
    asked = returns_for(request.user).select_related(
        "assignment__case", "assignment__unit", "reason", "suggested_unit", "asked_by"
    )
    returns = list(asked[:PAGE])
    saw(by=request.user, at=now, lists={"signoff": len(page.object_list) + len(returns)})
    return render(request, "desk/signoff.html", {"now": now, "page": page, "returns": returns})
