"""Exports: asked from the result page, decided by a supervisor, watched, fetched by the asker."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.looks.looking import saw
from cases.models import Notice, User
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from cases.people.permissions import may
from hotline.desk.search.asked import SearchNarrowForm, asked
from hotline.desk.sentences.events import EventTold, tell_notice
from hotline.desk.spreadsheet import MEDIA_TYPE
from search.asking.finding import find
from search.asking.wording import parts, sentence
from search.exports.exporting import ask, fetch
from search.models import ExportRequest, ExportState, ExportStep

SHOWN = 50
ACTS = ("case.export", "export.decide")


@dataclass(frozen=True)
class ExportRow:
    """An export, and what it asks in words."""

    export: ExportRequest
    said: str


@dataclass(frozen=True)
class StepRow:
    """What happened to an export, and when."""

    at: datetime
    told: EventTold


class AskForm(forms.Form):
    """What the file is needed for."""

    reason = forms.CharField(
        label=gettext_lazy("What is the export needed for?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands in the file, on every page of it."),
    )


class ExportDecisionForm(forms.Form):
    """Approve or refuse, and why."""

    act = forms.ChoiceField(choices=[("approve", "approve"), ("refuse", "refuse")])
    note = forms.CharField(
        label=gettext_lazy("Your word on it"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed when you refuse."),
    )


def visible(user: User) -> QuerySet[ExportRequest]:
    """A person's own exports; those who decide see all."""
    rows = ExportRequest.objects.select_related("asker", "decider")
    return rows if may(user, "export.decide") else rows.filter(asker=user)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view("case.export")
def new(request: StaffRequest) -> HttpResponse:
    """What would be exported, and the form that asks for it."""
    sent = request.POST if request.method == "POST" else request.GET
    question, now = asked(sent, SearchNarrowForm(sent)), timezone.now()
    total = 0
    if not question.is_empty and not question.is_private:
        filters = question.filters()
        total = find(question.words, request.user, at=now, filters=filters).total
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with told_on(form):
            made = ask(question, total, form.cleaned_data["reason"], by=request.user, at=now)
            messages.success(
                request, _("Asked for. You get a notice when the file is ready or was refused.")
            )
            return see_other("desk:export", made.pk)
    context = {
        "form": form,
        "question": None if question.is_private else question,
        "parts": [] if question.is_private else parts(question),
        "total": total,
        "most": settings.EXPORT_MOST_ROWS,
        "back": reverse("desk:search") + ("" if question.is_private else question.address()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/export_new.html", context, status=status)


@require_safe
@staff_view(*ACTS)
def exports(request: StaffRequest) -> HttpResponse:
    """One's own exports; for those who decide, all, the undecided first."""
    rows = visible(request.user)
    decides = may(request.user, "export.decide")
    waits = Q(state=ExportState.ASKED) & ~Q(asker=request.user) if decides else Q(pk=None)
    shown = {"waiting": rows.filter(waits), "others": rows.exclude(waits)}
    lists = {name: _told(found[:SHOWN]) for name, found in shown.items()}
    return render(request, "desk/exports.html", {**lists, "decides": decides})


def _told(rows: Iterable[ExportRequest]) -> list[ExportRow]:
    return [ExportRow(row, sentence(row.asked)) for row in rows]


@never_cache
@require_safe
@staff_view(*ACTS)
def export(request: StaffRequest, pk: int) -> HttpResponse:
    """One export: what was asked, why, what happened since, and the file."""
    return _show(request, get_object_or_404(visible(request.user), pk=pk))


def _show(
    request: StaffRequest, found: ExportRequest, form: ExportDecisionForm | None = None
) -> HttpResponse:
    is_mine = found.asker_id == request.user.pk
    context = {
        "export": found,
        "parts": parts(found.asked),
        "steps": [_step(found, step, request.user) for step in found.steps.all()],
        "most": settings.EXPORT_MOST_ROWS,
        "goal": min(found.total, settings.EXPORT_MOST_ROWS),
        "is_mine": is_mine,
        "decides": "approve" in found.possible(request.user, at=timezone.now()),
        "form": form or ExportDecisionForm(),
    }
    # While it is made the page asks for its main part again: a whole page would bring refused styles
    part = "export_main" if request.headers.get("HX-Request") else "export"
    return render(request, f"desk/{part}.html", context, status=422 if form else 200)


def _step(export: ExportRequest, step: ExportStep, person: User) -> StepRow:
    facts = {"who": step.actor_name, "number": export.number, "note": step.note}
    facts["rows"] = str(export.rows)
    return StepRow(step.at, tell_notice(Notice(kind=step.kind, payload=facts), person))


@require_POST
@staff_view("export.decide")
def decision(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve or refuse; one's own never."""
    found = get_object_or_404(visible(request.user), pk=pk)
    form = ExportDecisionForm(request.POST)
    if form.is_valid():
        verb = getattr(found, form.cleaned_data["act"])
        with told_on(form):
            verb(note=form.cleaned_data["note"], by=request.user, at=timezone.now())
            messages.success(
                request,
                _("Approved: the file is being made for %(who)s.") % {"who": found.asker_name}
                if found.state == ExportState.APPROVED
                else _("Refused; %(who)s is told why.") % {"who": found.asker_name},
            )
            return see_other("desk:exports")
    return _show(request, found, form)


@never_cache
@require_safe
@staff_view("case.export")
def file(request: StaffRequest, pk: int) -> FileResponse:
    """The file itself, for the asker; each download is one row of its history."""
    found = get_object_or_404(ExportRequest, pk=pk, asker=request.user)
    now = timezone.now()
    opened = fetch(found, by=request.user, at=now)
    saw(by=request.user, at=now, lists={"export": found.rows})
    answer = FileResponse(
        opened, as_attachment=True, filename=f"{found.number}.xlsx", content_type=MEDIA_TYPE
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
