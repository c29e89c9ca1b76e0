"""The list of synonym sets with the form of one and what was changed lately."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.refusals import told
from cases.pages.request import StaffRequest
from cases.shapes import Context
from hotline.desk.admin.synonyms.forms import SetForm
from search.asking import synonyms as verbs
from search.models import SynonymChange, SynonymSet
from search.words.folding import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE = 50
CHANGES = 20


@require_safe
@staff_view("search.synonyms")
def synonyms(request: StaffRequest) -> HttpResponse:
    """List the sets beside the empty form of a new one."""
    return _show(request, SetForm(), None)


@require_safe
@staff_view("search.synonyms")
def synonym_set(request: StaffRequest, pk: int) -> HttpResponse:
    """List the sets beside the form of one."""
    one = get_object_or_404(SynonymSet, pk=pk)
    return _show(request, SetForm(initial=_facts(one)), one)


@require_POST
@staff_view("search.synonyms")
def added(request: StaffRequest) -> HttpResponse:
    """Add a set."""
    return _keep(request, None)


@require_POST
@staff_view("search.synonyms")
def changed(request: StaffRequest, pk: int) -> HttpResponse:
    """Change the words or the note of a set."""
    return _keep(request, get_object_or_404(SynonymSet, pk=pk))


@require_POST
@staff_view("search.synonyms")
def retired(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a set out of use."""
    return _switch(request, pk, verbs.retire, _("Out of use: %(set)s"))


@require_POST
@staff_view("search.synonyms")
def restored(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a set back into use."""
    return _switch(request, pk, verbs.restore, _("Back in use: %(set)s"))


def _keep(request: StaffRequest, one: SynonymSet | None) -> HttpResponse:
    form = SetForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        with told(form.refuse):
            kept = verbs.keep_set(
                one,
                text=facts["words"],
                note=facts["note"],
                revision=facts["revision"] or 0,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Kept, and in use at once: %(set)s") % {"set": kept})
            return see_other("desk:synonym_set", kept.pk)
    return _show(request, form, one, status=422)


def _switch(
    request: StaffRequest, pk: int, verb: Callable[..., SynonymSet], said: str
) -> HttpResponse:
    one = get_object_or_404(SynonymSet, pk=pk)
    revision = request.POST.get("revision", "")
    form = SetForm(_facts(one))
    with told(form.refuse):
        kept = verb(
            one,
            revision=int(revision) if revision.isdecimal() and len(revision) < 10 else 0,  # noqa: PLR2004
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, said % {"set": kept})
        return see_other("desk:synonym_set", pk)
    return _show(request, form, one, status=422)


def _facts(one: SynonymSet) -> Context:
    return {"words": one.words, "note": one.note, "revision": one.revision}


def _show(
    request: StaffRequest, form: SetForm, one: SynonymSet | None, status: int = 200
) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:40]
    changes = SynonymChange.objects.select_related("by")
    context: Context = {
        "page": Paginator(_holding(asked), PAGE).get_page(request.GET.get("page")),
        "q": asked,
        "form": form,
        "one": one,
        "changes": (changes.filter(synonyms=one) if one else changes)[:CHANGES],
    }
    return render(request, "desk/synonyms.html", context, status=status)


def _holding(asked: str) -> "QuerySet[SynonymSet]":
    """Sets with a word that holds what was asked, however it is written; all without a question."""
    rows = SynonymSet.objects.select_related("changed_by")
    if not asked:
        return rows
    wanted = fold(asked)
    found = [pk for pk, text in rows.values_list("pk", "words") if wanted in fold(text)]
    return rows.filter(pk__in=found)
