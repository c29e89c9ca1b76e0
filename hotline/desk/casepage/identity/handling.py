"""The original words of a case, asked for with a reason; what was left out of them, corrected."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cases.looks import revealing
from cases.models import Case
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from hotline.desk.casepage.identity.forms import HandlingForm, OriginalForm
from hotline.desk.casepage.identity.originals import originals
from hotline.desk.casepage.identity.wording import has_originals
from hotline.desk.casepage.page import Refill, show_case, shown_case


@require_POST
@never_cache
@staff_view("case.reveal")
def original(request: StaffRequest, number: str) -> HttpResponse:
    """Log who reads whose words and why, then show them in this answer only."""
    case = shown_case(request.user, number)
    revealing.check(case, by=request.user)
    if not has_originals(case):
        raise Http404
    form = OriginalForm(request.POST)
    if form.is_valid():
        with told_on(form, "reason"):
            revealing.reveal(
                case,
                "original",
                form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            return show_case(request, case, originals=originals(request.user, case))
    return show_case(request, case, refill=Refill("original", form), status=422)


@require_POST
@staff_view("case.handle_text")
def correct(request: StaffRequest, number: str) -> HttpResponse:
    """Leave out more, or less; with neither the texts are only made anew."""
    case, form = shown_case(request.user, number), HandlingForm(request.POST)
    if form.is_valid():
        with told_on(form):
            case.correct_handling(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _said(case))
            return see_other("desk:case", number)
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
