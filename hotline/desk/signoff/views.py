"""The leader's list: replies and returns that wait for a signature, each to be signed in place."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.looks.looking import saw
from cases.models import Assignment
from cases.pages.access import staff_view
from cases.pages.request import StaffRequest
from hotline.desk.casepage.task.forms import SendBackForm
from hotline.desk.signoff.queue import replies_for, returns_for
from hotline.desk.worklist import steps

PAGE = 20


@dataclass(frozen=True)
class SignOffRow:
    """A reply that waits: how long it may, what is special about it, and the form to send it back."""

    task: Assignment
    workdays: int
    tags: list[tuple[str, str]]
    send_back_form: SendBackForm


@require_safe
@staff_view("assignment.sign_off")
def signoff(request: StaffRequest) -> HttpResponse:
    """Show what waits for the leader's signature."""
    now = timezone.now()
    replies = replies_for(request.user).select_related(
        "case__region", "unit", "submitted_by", "first_contact_by"
    )
    page = Paginator(replies, PAGE).get_page(request.GET.get("page"))
    rows = [_row(task, now) for task in page]
    asked = returns_for(request.user).select_related(
        "assignment__case", "assignment__unit", "reason", "suggested_unit", "asked_by"
    )
    returns = list(asked[:PAGE])
    saw(by=request.user, at=now, lists={"signoff": len(rows) + len(returns)})
    context = {"now": now, "page": page, "rows": rows, "returns": returns}
    return render(request, "desk/signoff.html", context)


def _row(task: Assignment, now: datetime) -> SignOffRow:
    return SignOffRow(
        task,
        steps.workdays_left(now, task.due_at),
        steps.tags(task),
        SendBackForm(auto_id=f"back{task.pk}_%s"),
    )
