"""The original words of a case, with a reason (`domain.md` §2.7); what was left out of them, corrected."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cases.errors import IllegalStep, Refused
from cases.looks import revealing
from cases.models import Case, Original
from cases.pages.access import staff_view
from cases.pages.answers import SeeOther
from cases.pages.request import StaffRequest
from cases.people.permissions import scope_of
from cases.privacy.handling import handling_marks
from cases.privacy.identity.finding import Piece, shown
from hotline.desk.casepage.forms import HandlingForm, OriginalForm
from hotline.desk.casepage.page import Refill, case_for, show_case

OF_CITIZEN = (
    "cases.case",
    "cases.contact",
    "cases.attachment",
)  # what units read of it beside own texts
OF_UNIT = "cases.assignment"


@dataclass(frozen=True)
class OriginalShown:
    """One original: what it is, and its pieces, those marked that are left out."""

    label: str
    pieces: list[Piece]


def originals(user: Any, case: Case) -> list[OriginalShown]:
    """The originals of the texts that the person reads of the case, in the order they were written."""
    knowledge, found = case.knowledge(), []
    own = {task.pk for task in case.assignments.all() if task.unit_id in user.unit_ids}
    is_office = scope_of(user).is_office
    for one in Original.objects.filter(case=case).order_by("pk"):
        source, row, name = one.key.split(":")
        if not (is_office or source in OF_CITIZEN or (source == OF_UNIT and int(row) in own)):
            continue
        model: Any = apps.get_model(source)
        text = one.text
        pieces = shown(text, handling_marks(text, knowledge, model.HANDLED[name]))
        found.append(OriginalShown(_label(model, name), list(pieces)))
    return found


def _label(model: Any, name: str) -> str:
    column = str(model._meta.get_field(name).verbose_name)  # noqa: SLF001 - documented API
    if model is Case:
        return column
    return f"{model._meta.verbose_name} · {column}"  # noqa: SLF001


@require_POST
@never_cache
@staff_view("case.reveal")
def original(request: StaffRequest, number: str) -> HttpResponse:
    """Log who reads whose words and why, then show them in this answer only."""
    case = case_for(request.user, number)
    revealing.check(case, by=request.user)
    if not case.has_originals:
        raise Http404
    form = OriginalForm(request.POST)
    if form.is_valid():
        try:
            revealing.reveal(
                case,
                "original",
                form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            return show_case(request, case, originals=originals(request.user, case))
    return show_case(request, case, refill=Refill("original", form), status=422)


@require_POST
@staff_view("case.handle_text")
def correct(request: StaffRequest, number: str) -> HttpResponse:
    """Leave out more, or less; with neither the texts are only made anew."""
    case, form = case_for(request.user, number), HandlingForm(request.POST)
    if form.is_valid():
        try:
            case.correct_handling(**form.cleaned_data, by=request.user, at=timezone.now())
        except IllegalStep:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(case))
            return SeeOther(reverse("desk:case", args=[number]))
    return show_case(request, case, refill=Refill("handling", form), status=422)


def _said(case: Case) -> str:
    event = case.events.get(seq=case.version)
    n = event.payload["texts"]
    if not n:
        return _("Made anew: nothing is different. Does the word stand in the text like that?")
    return ngettext(
        "Made anew: %(n)d text of this case changed.",
        "Made anew: %(n)d texts of this case changed.",
        n,
    ) % {"n": n}
