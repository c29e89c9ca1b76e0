"""Secrecy of a case from its page: raise it, ask to lower it, decide, name who may contact the citizen."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models import Case, ContactGrant, User
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.refusals import told_on, told_to
from cases.pages.request import StaffRequest
from cases.shapes import Payload
from hotline.desk.casepage.page import Refill, show_case, shown_case
from hotline.desk.casepage.secrecy.panel import (
    LevelForm,
    NamedContactForm,
    SecrecyDecisionForm,
    people_of,
)

Act = Callable[[Case, Payload, datetime], object]  # with what was typed, and now


def _do(request: StaffRequest, number: str, name: str, form: forms.Form, act: Act) -> HttpResponse:
    case = shown_case(request.user, number)
    if form.is_valid():
        with told_on(form):
            act(case, form.cleaned_data, timezone.now())
            messages.success(request, _("Recorded."))
            return see_other("desk:case", number)
    return show_case(request, case, refill=Refill(name, form), status=422)


@require_POST
@staff_view("case.raise_secrecy")
def higher(request: StaffRequest, number: str) -> HttpResponse:
    """Protect the citizen more, at once."""
    form = LevelForm(request.POST, prefix="raise")
    return _do(
        request,
        number,
        "raise",
        form,
        lambda case, said, at: case.raise_secrecy(
            level=said["level"], note=said["note"], by=request.user, at=at
        ),
    )


@require_POST
@staff_view("case.ask_lower_secrecy")
def lower(request: StaffRequest, number: str) -> HttpResponse:
    """Ask a second person whether less is enough."""
    form = LevelForm(request.POST, prefix="lower")
    return _do(
        request,
        number,
        "lower",
        form,
        lambda case, said, at: case.ask_lower_secrecy(
            level=said["level"], reason=said["note"], by=request.user, at=at
        ),
    )


@require_POST
@staff_view("case.ask_lower_secrecy")
def no_longer(request: StaffRequest, number: str) -> HttpResponse:
    """Take back one's own request to lower it."""
    case = shown_case(request.user, number)
    with told_to(request):
        case.withdraw_lower_secrecy(by=request.user, at=timezone.now())
        messages.success(request, _("The request is taken back; the secrecy stays as it is."))
    return see_other("desk:case", number)


@require_POST
@staff_view("case.decide_secrecy")
def decide(request: StaffRequest, number: str) -> HttpResponse:
    """The second person's word."""
    form = SecrecyDecisionForm(request.POST, prefix="decide")
    return _do(
        request,
        number,
        "decide",
        form,
        lambda case, said, at: case.decide_secrecy(
            granted=said["act"] == "grant", note=said["note"], by=request.user, at=at
        ),
    )


@require_POST
@staff_view("case.name_contact")
def name(request: StaffRequest, number: str) -> HttpResponse:
    """Let one person of the unit know the citizen."""
    case = shown_case(request.user, number)
    form = NamedContactForm(request.POST, people=people_of(case), prefix="contact")

    def act(case: Case, said: Payload, at: datetime) -> None:
        person = User.objects.get(pk=said["person"])
        case.name_contact(user=person, reason=said["reason"], by=request.user, at=at)

    return _do(request, number, "contact", form, act)


@require_POST
@staff_view("case.name_contact")
def unname(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Take that back."""
    case = shown_case(request.user, number)
    held = ContactGrant.objects.filter(case=case, ended_at=None).select_related("user")
    grant = get_object_or_404(held, pk=pk)
    case.end_contact(user=grant.user, by=request.user, at=timezone.now())
    messages.success(request, _("Recorded."))
    return see_other("desk:case", number)
