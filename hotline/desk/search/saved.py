"""Saved searches: kept under a name, opened, shared, told about, thrown away by their owner."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.request import StaffRequest
from hotline.desk.search.asked import SearchNarrowForm, asked
from search.asking.wording import sentence
from search.models import SavedSearch, Subscription
from search.saved.telling import subscribe

MOST = 100  # saved searches of one person


@dataclass(frozen=True)
class SavedRow:
    """A saved search: what it asks in words, how its reader is told of news, whether it is theirs."""

    search: SavedSearch
    said: str
    told: Subscription | None
    is_mine: bool


class SaveForm(forms.Form):
    """A name, and whether colleagues may open it."""

    name = forms.CharField(label=gettext_lazy("Name of the search"), max_length=40)
    shared = forms.BooleanField(label=gettext_lazy("Share with colleagues"), required=False)


class TellForm(forms.Form):
    """How often to be told; empty: no longer."""

    every = forms.ChoiceField(choices=[("", ""), *Subscription.Every.choices], required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view()
def searches(request: StaffRequest) -> HttpResponse:
    """All saved searches the person may open; a form saves another."""
    if request.method == "POST":
        return _save(request)
    return _show(request)


def _show(request: StaffRequest, form: SaveForm | None = None, **more: object) -> HttpResponse:
    rows = SavedSearch.objects.open_to(request.user).select_related("owner", "unit")
    mine = Subscription.objects.filter(user=request.user).defer("known")
    told = {one.search_id: one for one in mine}
    shown = [
        SavedRow(
            row,
            sentence(row.asked),
            told.get(row.pk),
            is_mine=row.owner_id == request.user.pk,
        )
        for row in rows
    ]
    context = {
        "rows": shown,
        "form": form,
        "choices": Subscription.Every.choices,
        "now": timezone.now(),
        **more,
    }
    return render(request, "desk/searches.html", context, status=422 if form else 200)


def _save(request: StaffRequest) -> HttpResponse:
    question, form = asked(request.POST, SearchNarrowForm(request.POST)), SaveForm(request.POST)
    context = {"question": question, "said": sentence(question)}
    if question.is_private:
        form.add_error(None, _("A search by telephone number is not kept. Search by other words."))
    elif question.is_empty:
        form.add_error(None, _("Search for something first, then save it."))
    elif SavedSearch.objects.filter(owner=request.user).count() >= MOST:
        form.add_error(None, _("You have 100 saved searches. Delete one first."))
    if form.is_valid():
        try:
            with transaction.atomic():
                made = SavedSearch.objects.create(
                    owner=request.user,
                    name=form.cleaned_data["name"],
                    question=question.as_json(),
                    saved_at=timezone.now(),
                )
        except IntegrityError:
            form.add_error("name", _("You have a search of that name. Choose another name."))
        else:
            if form.cleaned_data["shared"]:
                made.share(request.user, shared=True)
            messages.success(request, _("Saved as “%(name)s”.") % {"name": made.name})
            return see_other("desk:search", tail=question.address())
    if question.is_private:
        context = {}
    return _show(request, form, **context)


@require_safe
@staff_view()
def saved_search(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask it now, with the eyes of whoever opens it."""
    found = get_object_or_404(SavedSearch.objects.open_to(request.user), pk=pk)
    return redirect(reverse("desk:search") + found.asked.address())


def _mine(request: StaffRequest, pk: int) -> SavedSearch:
    rows = SavedSearch.objects.open_to(request.user).filter(owner=request.user)
    return get_object_or_404(rows, pk=pk)


@require_POST
@staff_view()
def changes(request: StaffRequest, pk: int) -> HttpResponse:
    """Rename, share or no longer share; its owner only."""
    found, form = _mine(request, pk), SaveForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    found.name = form.cleaned_data["name"]
    try:
        with transaction.atomic():
            found.save(update_fields=["name"])
    except IntegrityError:
        form.add_error("name", _("You have a search of that name. Choose another name."))
        return _show(request, form)
    found.share(request.user, shared=form.cleaned_data["shared"])
    return see_other("desk:saved_searches")


@require_POST
@staff_view()
def deletion(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw it away, with all subscriptions; its owner only."""
    found = _mine(request, pk)
    found.delete()
    messages.success(request, _("“%(name)s” is deleted.") % {"name": found.name})
    return see_other("desk:saved_searches")


@require_POST
@staff_view()
def subscription(request: StaffRequest, pk: int) -> HttpResponse:
    """Be told of new matches, or no longer."""
    found = get_object_or_404(SavedSearch.objects.open_to(request.user), pk=pk)
    form = TellForm(request.POST)
    every = form.cleaned_data["every"] if form.is_valid() else ""
    if not every:
        Subscription.objects.filter(search=found, user=request.user).delete()
        messages.success(
            request, _("You are no longer told about “%(name)s”.") % {"name": found.name}
        )
        return see_other("desk:saved_searches")
    subscribe(found, request.user, every, at=timezone.now())
    messages.success(
        request,
        _("You will find new cases of “%(name)s” among your notices.") % {"name": found.name},
    )
    return see_other("desk:saved_searches")
