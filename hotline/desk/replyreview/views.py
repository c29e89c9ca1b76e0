"""The reply reviewer's desk: the queue on the left, request and reply side by side, three decisions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cases.looks.looking import saw
from cases.models import Assignment, Case
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import case_for
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from cases.shapes import Context, Payload
from hotline.desk.replyreview.forms import ReplyReviewForm
from hotline.desk.replyreview.queue import remarks, waiting_replies
from hotline.desk.worklist.steps import workdays_left

SHOWN = 50


@dataclass(frozen=True)
class ReplyRow:
    """A case of the queue with the working days that are left for its review."""

    case: Case
    workdays: int | None


@require_safe
@never_cache
@staff_view("case.review")
def reply_review(request: StaffRequest) -> HttpResponse:
    """Show the queue and one reply: the one asked for by number, else the most urgent."""
    return _show(request, request.GET.get("case", ""))


def _show(
    request: StaffRequest, number: str, *, form: ReplyReviewForm | None = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    queue = waiting_replies(request.user).select_related("lead_unit")
    rows, total = [_row(waiting, now) for waiting in queue[:SHOWN]], queue.count()
    wanted = number or (rows[0].case.number if rows else "")
    related = ("category", "region", "petitioner", "lead_unit")
    case = queue.select_related(*related).filter(number=wanted).first() if wanted else None
    saw(by=request.user, at=now, case=case, lists={"review": len(rows)})
    context: Context = {
        "rows": rows,
        "total": total,
        "now": now,
        "case": case,
        "chosen": next((row for row in rows if row.case == case), None),
    }
    if case is not None:
        task = _lead(case)
        context |= {
            "task": task,
            "form": form or ReplyReviewForm(initial={"public_reply": task.public_reply}),
            "remarks": remarks(task, task.public_reply),
            "opinions": case.assignments.held()
            .filter(role="assist", round=case.round)
            .exclude(internal_note=""),
            "gone": False,
        }
    elif number:
        context["gone"] = True
    return render(request, "desk/reply_review.html", context, status=status)


def _row(case: Case, now: datetime) -> ReplyRow:
    due = case.review_due_at
    return ReplyRow(case, workdays_left(now, due) if due else None)


def _lead(case: Case) -> Assignment:
    held = case.assignments.held().filter(role="lead", round=case.round)
    return held.select_related("unit", "submitted_by", "signed_off_by", "first_contact_by").latest(
        "pk"
    )


def _decide(request: StaffRequest, number: str, do: Callable[[Case, Payload], str]) -> HttpResponse:
    """Call the verb; on to the next reply, or the same page with what was typed."""
    case = case_for(request.user, number)
    form = ReplyReviewForm(request.POST)
    if form.is_valid():
        with told_on(form):
            messages.success(request, do(case, form.cleaned_data))
            return see_other("desk:reply_review")
    return _show(request, number, form=form, status=422)


@require_POST
@staff_view("case.review")
def approve(request: StaffRequest, number: str) -> HttpResponse:
    """Accept the reply, edited or not, and pass the case to the call-back (采纳并转回访)."""

    def do(case: Case, facts: Payload) -> str:
        case.approve_reply(by=request.user, at=timezone.now(), **facts)
        return _("Accepted: “%(title)s”. It waits for the call-back now.") % {"title": case.title}

    return _decide(request, number, do)


@require_POST
@staff_view("case.review")
def return_format(request: StaffRequest, number: str) -> HttpResponse:
    """Send the reply back to be completed (补正): the form is wrong, not the substance."""

    def do(case: Case, facts: Payload) -> str:
        case.return_format(by=request.user, at=timezone.now(), note=facts["note"])
        return _("Sent back to be completed: “%(title)s”. The unit's time runs on.") % {
            "title": case.title
        }

    return _decide(request, number, do)


@require_POST
@staff_view("case.review")
def rework(request: StaffRequest, number: str) -> HttpResponse:
    """Order a new round (重办): the substance is wrong."""

    def do(case: Case, facts: Payload) -> str:
        case.rework_reply(by=request.user, at=timezone.now(), note=facts["note"])
        return _("Rework ordered: “%(title)s”, round %(round)d, with the shorter time.") % {
            "title": case.title,
            "round": case.round,
        }

    return _decide(request, number, do)
