"""The call-back desk: queue by clock, script, answers by key, the next case at once."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cases.looks import revealing
from cases.looks.looking import saw
from cases.models import Case
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import case_for
from cases.pages.refusals import told_on, told_to
from cases.pages.request import StaffRequest
from cases.shapes import Context
from cases.words import CaseState
from satisfaction.calling.forms import AttemptForm
from satisfaction.calling.models.attempt import CallbackAttempt
from satisfaction.calling.queue import queue, waiting_calls
from satisfaction.calling.recording import close_without_phone, record_attempt
from satisfaction.rating import passing_on

SHOWN = 50
RELATED = ("petitioner", "category", "region", "lead_unit")


@require_safe
@never_cache
@staff_view("case.callback")
def callbacks(request: StaffRequest) -> HttpResponse:
    """Show the queue and one case: the one asked for by number, else the most pressing."""
    return _show(request, request.GET.get("case", ""))


def _show(
    request: StaffRequest,
    number: str,
    *,
    form: AttemptForm | None = None,
    revealed: bool = False,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    due = queue(request.user, now).select_related("lead_unit")
    rows, total = list(due[:SHOWN]), due.count()
    wanted = number or (rows[0].number if rows else "")
    every = waiting_calls(request.user)
    case = every.select_related(*RELATED).filter(number=wanted).first() if wanted else None
    saw(by=request.user, at=now, case=case, lists={"callbacks": len(rows)})
    context: Context = {
        "rows": rows,
        "total": total,
        "later": every.count() - total,
        "now": now,
        "case": case,
        "chosen": case,
        "gone": bool(number) and case is None,
    }
    if case is not None:
        context |= {
            "task": case.lead(),
            "attempts": case.callbacks.filter(round=case.round).select_related("by"),
            "form": form or passing_on.ask(AttemptForm(), case),
            "by_office": passing_on.is_by_office(case),
            "phone": case.petitioner.phone if revealed and case.petitioner else "",
        }
    return render(request, "satisfaction/callbacks.html", context, status=status)


def _case(request: StaffRequest, number: str) -> Case:
    return case_for(request.user, number, rows=Case.objects.select_related("petitioner"))


@require_POST
@staff_view("case.callback")
def attempts(request: StaffRequest, number: str) -> HttpResponse:
    """Keep an attempt and go on to the next case."""
    case = _case(request, number)
    form = passing_on.ask(AttemptForm(request.POST), case)
    if form.is_valid():
        with told_on(form):
            attempt = record_attempt(case, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _told(case, attempt))
            return see_other("satisfaction:callbacks")
    return _show(request, number, form=form, status=422)


def _told(case: Case, attempt: CallbackAttempt) -> str:
    words = {"title": case.title}
    if case.state == CaseState.DISSATISFIED:
        return _("Noted as dissatisfied: “%(title)s”. A second person looks at it now.") % words
    if case.state == CaseState.CLOSED and attempt.result == "reached":
        return _("Noted and closed: “%(title)s”.") % words
    if case.state == CaseState.CLOSED:
        words["outcome"] = case.get_outcome_display()
        return _("Closed without a rating: “%(title)s” (%(outcome)s).") % words
    local = timezone.localtime(attempt.next_try_at)
    words["when"] = f"{date_format(local, 'n-j')} {local:%H:%M}"
    return _("Not reached: “%(title)s”. It comes back on %(when)s.") % words


@require_POST
@never_cache
@staff_view("case.callback")
def phone(request: StaffRequest, number: str) -> HttpResponse:
    """Log that the agent sees the number for the call-back, and show it in this answer only."""
    case, now = _case(request, number), timezone.now()
    if not case.petitioner_id or "note_callback" not in case.possible(request.user, at=now):
        raise Http404
    revealing.reveal(case, "phone", _("Call-back"), by=request.user, at=now, is_duty=True)
    return _show(request, number, form=None, revealed=True)


@require_POST
@staff_view("case.callback")
def without_phone(request: StaffRequest, number: str) -> HttpResponse:
    """Close a case whose citizen left no number."""
    case = _case(request, number)
    with told_to(request):
        close_without_phone(case, by=request.user, at=timezone.now())
        said = _("Closed without a rating: “%(title)s”.") % {"title": case.title}
        messages.success(request, said)
        return see_other("satisfaction:callbacks")
    return _show(request, number, status=422)
