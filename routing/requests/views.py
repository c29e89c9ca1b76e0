"""Decide returns and extensions: what is asked, on which basis, what happened before, grant or refuse."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from cases.looks.looking import saw
from cases.models import Request
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import request_for
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from cases.shapes import Context
from cases.words import RequestState
from routing.requests import pending


class RequestDecisionForm(forms.Form):
    """Grant or refuse, and why."""

    act = forms.ChoiceField(choices=[("grant", "grant"), ("refuse", "refuse")])
    note = forms.CharField(
        label=gettext_lazy("Your word to the unit"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when you refuse."),
    )


@require_GET
@staff_view(*pending.DECIDES)
def waiting(request: StaffRequest) -> HttpResponse:
    """The list and one request, the most pressing when none is named."""
    return _show(request, _named(request))


@require_POST
@staff_view(*pending.DECIDES)
def decision(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the decision; somebody else's earlier one is answered with 409."""
    asked = _visible(request, pk)
    if not pending.may_decide(request.user, asked):
        raise Http404
    form = RequestDecisionForm(request.POST)
    if form.is_valid():
        verb = getattr(asked, f"{form.cleaned_data['act']}_{asked.kind}")
        with told_on(form):
            verb(note=form.cleaned_data["note"], by=request.user, at=timezone.now())
            messages.success(request, _said(asked))
            return see_other("routing:requests", tail=f"?kind={asked.kind}")
    return _show(request, asked, form)


def _named(request: StaffRequest) -> Request | None:
    text = request.GET.get("request", "")
    return _visible(request, int(text)) if text.isdecimal() else None


def _visible(request: StaffRequest, pk: int) -> Request:
    return request_for(request.user, pk, rows=Request.objects.exclude(state=RequestState.ASKED))


def _show(
    request: StaffRequest, asked: Request | None, form: RequestDecisionForm | None = None
) -> HttpResponse:
    kind = asked.kind if asked else request.GET.get("kind", "")
    rows = pending.pending(request.user)
    if kind in {"return", "extension"}:
        rows = rows.filter(kind=kind)
    shown = list(rows[: pending.SHOWN])
    asked = asked or (shown[0] if shown else None)
    now, case = timezone.now(), asked.assignment.case if asked else None
    saw(by=request.user, at=now, case=case, lists={"requests": len(shown)})
    context: Context = {
        "now": now,
        "kind": kind,
        "counts": pending.counts(request.user),
        "rows": shown,
        "asked": pending.details(asked) if asked else None,
        "form": form or RequestDecisionForm(),
    }
    if asked:
        context["tasks"] = pending.earlier_tasks(asked)
        context["decides"] = pending.is_decided_by(request.user, asked, now)
    return render(request, "routing/requests.html", context, status=422 if form else 200)


def _said(asked: Request) -> str:
    facts = {"unit": str(asked.assignment.unit), "number": asked.assignment.case.number}
    if asked.state == RequestState.REFUSED:
        return (
            _("Refused: %(unit)s keeps %(number)s; its clock never stopped.")
            if asked.kind == "return"
            else _("Refused: the due time of %(unit)s for %(number)s stands.")
        ) % facts
    if asked.kind == "extension":
        until = timezone.localtime(asked.assignment.due_at)
        facts["until"] = f"{until:%m-%d %H:%M}"
        return _("Granted: %(unit)s now has until %(until)s for %(number)s.") % facts
    if asked.assignment.role == "lead":
        return _("Granted: %(number)s is back at the dispatch desk, taken from %(unit)s.") % facts
    return _("Granted: %(unit)s no longer assists on %(number)s.") % facts
