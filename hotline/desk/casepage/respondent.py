"""Settle who is complained about from the page of a case that is already with a unit."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.errors import IllegalStep, Refused
from cases.permissions import may
from hotline.desk.answers import SeeOther
from hotline.desk.casepage.page import Refill, case_for, show
from routing.desk.forms import RespondentForm


@require_POST
@staff_view("case.name_respondent")
def respondent(request: HttpRequest, number: str) -> HttpResponse:
    """Name the unit, or say that it is none of ours; units in its line lose the case at once."""
    case, form = case_for(request.user, number), RespondentForm(request.POST)
    if not may(request.user, "case.name_respondent", case):
        raise Http404
    if form.is_valid():
        try:
            case.name_respondent(**form.facts(), by=request.user, at=timezone.now())
        except IllegalStep:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is settled who is complained about."))
            return SeeOther(reverse("desk:case", args=[number]))
    return show(request, case, refill=Refill("respondent", form), status=422)
