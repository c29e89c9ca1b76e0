"""The leader's list: replies and returns that wait for a signature, each to be signed in place."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.access import staff_view
from cases.models import Assignment, Request
from hotline.desk.casepage.forms import SendBackForm
from hotline.desk.worklist import steps

PAGE = 20


def replies_for(user: Any) -> QuerySet[Assignment]:
    """Replies of the leader's unit that wait for the signature, the nearest due time first."""
    tasks = Assignment.objects.visible_to(user).filter(
        unit__in=user.unit_ids, state="awaiting_sign_off"
    )
    return tasks.order_by("due_at", "pk")


def returns_for(user: Any) -> QuerySet[Request]:
    """Returns asked for by the unit's clerks, not signed yet."""
    tasks = Assignment.objects.visible_to(user).filter(unit__in=user.unit_ids)
    waiting = Request.objects.filter(kind="return", state="asked", assignment__in=tasks)
    return waiting.order_by("asked_at", "pk")


def waiting(user: Any, now: datetime) -> tuple[int, bool]:
    """How many wait for the leader, and whether one is late: for the number in the bar."""
    late = F("due_at")
    dues = list(replies_for(user).values_list(late, flat=True)[:1000])
    return len(dues) + returns_for(user).count(), any(due < now for due in dues)


@require_safe
@staff_view("assignment.sign_off")
def signoff(request: HttpRequest) -> HttpResponse:
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
    returns = returns_for(request.user).select_related(
        "assignment__case", "assignment__unit", "reason", "suggested_unit", "asked_by"
    )
    return render(
        request, "desk/signoff.html", {"now": now, "page": page, "returns": returns[:PAGE]}
    )
