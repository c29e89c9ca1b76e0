"""The publication desk: what may be published, what waits for a second pair of eyes, what is public."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.looks.looking import saw
from cases.models import Case, User
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import case_for
from cases.pages.refusals import told, told_on
from cases.pages.request import StaffRequest
from cases.people.sight import stands_in
from cases.privacy.identity.finding import Voice
from cases.privacy.masking import mask
from cases.shapes import Context
from hotline.publishing import publishing, rules
from hotline.publishing.models.publication import Publication

SHOWN = 50
TABS = ("candidates", "drafted", "published", "withdrawn")


class CopyForm(forms.Form):
    """The public copy while it is prepared."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    letter = forms.CharField(
        label=gettext_lazy("Letter as published"),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    reply = forms.CharField(
        label=gettext_lazy("Reply as published"),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 9}),
    )


@staff_view("case.publish")
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    """The list: ``?tab=`` candidates, drafted, published, withdrawn."""
    tab = request.GET.get("tab", "")
    waiting = _copies(request.user)
    counts = {name: waiting.filter(state=name).count() for name in TABS[1:]}
    counts["candidates"] = publishing.candidates(request.user).count()
    if tab not in TABS:
        tab = "drafted" if counts["drafted"] else "candidates"
    rows: QuerySet[Case] | QuerySet[Publication] = (
        publishing.candidates(request.user).select_related("lead_unit")
        if tab == "candidates"
        else waiting.filter(state=tab).select_related("case", "drafted_by", "checked_by")
    )
    page, now = Paginator(rows, SHOWN).get_page(request.GET.get("page")), timezone.now()
    saw(by=request.user, at=now, lists={"publication": len(page.object_list)})
    context = {
        "tab": tab,
        "tabs": [(name, LABELS[name], counts[name]) for name in TABS],
        "page": page,
        "now": now,
    }
    return render(request, "publishing/desk.html", context)


LABELS = {
    "candidates": gettext_lazy("May be published"),
    "drafted": gettext_lazy("Waiting for the check"),
    "published": gettext_lazy("On the site"),
    "withdrawn": gettext_lazy("Taken back"),
}


def _copies(user: User) -> QuerySet[Publication]:
    seen = stands_in(Case.objects.visible_to(user), "case")
    return Publication.objects.filter(seen).order_by("-drafted_at", "-pk")


@staff_view("case.publish")
@require_http_methods(["GET", "POST"])
def prepare(request: StaffRequest, number: str) -> HttpResponse:
    """De-identify: the original beside a copy in which ＊ is proposed; saving makes it wait."""
    rows = Case.objects.select_related("petitioner", "lead_unit")
    case = case_for(request.user, number, rows=rows)
    current = Publication.objects.current().filter(case=case).select_related("drafted_by").first()
    if current and current.state == Publication.State.PUBLISHED:
        return see_other("desk:publication_copy", current.pk)
    if current is None and not publishing.candidates(request.user).filter(pk=case.pk).exists():
        return see_other("desk:publication")
    if request.method != "POST":
        form = CopyForm(initial=_proposal(case) if current is None else _as_it_is(current))
        return _editor(request, case, current, form)
    form = CopyForm(request.POST)
    if form.is_valid():
        with told_on(form):
            _save(request, case, current, form, timezone.now())
            messages.success(request, _("Kept. Another person checks and publishes it."))
            return see_other("desk:publication")
    return _editor(request, case, current, form)


def _proposal(case: Case) -> Context:
    names = rules.names_of(case)
    letter = case.content + (f"\n{case.request}" if case.request else "")
    return {
        "revision": 0,
        "title": mask(case.title, names),
        "letter": mask(letter, names),
        "reply": mask(case.answer_text, names, Voice.UNIT),
    }


def _as_it_is(current: Publication) -> Context:
    return {name: getattr(current, name) for name in ("revision", "title", "letter", "reply")}


def _save(
    request: StaffRequest, case: Case, current: Publication | None, form: CopyForm, now: datetime
) -> None:
    said = {name: form.cleaned_data[name] for name in ("title", "letter", "reply")}
    if current is None:
        publishing.draft(case, **said, by=request.user, at=now)
    else:
        revision = form.cleaned_data["revision"]
        current.revise(revision=revision, **said, by=request.user, at=now)


def _editor(
    request: StaffRequest, case: Case, current: Publication | None, form: CopyForm
) -> HttpResponse:
    now = timezone.now()
    saw(by=request.user, at=now, case=case)
    context = {"case": case, "current": current, "form": form, "now": now}
    status = 422 if form.errors else 200
    return render(request, "publishing/editor.html", context, status=status)


@staff_view("case.publish")
@require_safe
def copy(request: StaffRequest, number: int) -> HttpResponse:
    """One copy beside its original, to be checked, published or withdrawn."""
    return _copy_page(request, _one(request, number))


def _one(request: StaffRequest, number: int) -> Publication:
    related = ("case", "case__petitioner", "drafted_by", "checked_by", "withdrawn_by")
    return get_object_or_404(_copies(request.user).select_related(*related), pk=number)


def _copy_page(
    request: StaffRequest, one: Publication, problems: Sequence[str] = ()
) -> HttpResponse:
    now = timezone.now()
    saw(by=request.user, at=now, case=one.case)
    context = {
        "one": one,
        "case": one.case,
        "is_own": one.drafted_by_id == request.user.pk,
        "possible": one.possible(request.user, at=now),
        "problem": " ".join(problems),
        "now": now,
    }
    return render(request, "publishing/copy.html", context, status=422 if problems else 200)


@staff_view("case.publish")
@require_POST
def approval(request: StaffRequest, number: int) -> HttpResponse:
    """The second person publishes what they have read."""
    one, problems = _one(request, number), list[str]()
    revision = request.POST.get("revision", "")
    with told(problems.append):
        seen = int(revision) if revision.isdecimal() else -1
        publishing.publish(one, seen, by=request.user, at=timezone.now())
        messages.success(request, _("Published. It is on the public site now."))
        return see_other("desk:publication_copy", one.pk)
    return _copy_page(request, one, problems)


@staff_view("case.publish")
@require_POST
def withdrawal(request: StaffRequest, number: int) -> HttpResponse:
    """Take a copy back, with the reason."""
    one, problems = _one(request, number), list[str]()
    with told(problems.append):
        reason = request.POST.get("reason", "")
        publishing.withdraw(one, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("Withdrawn. It is no longer on the public site."))
        return see_other("desk:publication")
    return _copy_page(request, one, problems)
