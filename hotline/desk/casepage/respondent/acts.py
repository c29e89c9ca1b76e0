"""Settle who is complained about from the page of a case, and let a unit in again (a second person)."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models import Case
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from hotline.desk.casepage.page import Refill, show_case, shown_case
from hotline.desk.casepage.respondent.letting_in import WithdrawForm
from routing.accused.settling import said_of_taken, settle
from routing.desk.forms import RespondentForm


@require_POST
@staff_view("case.name_respondent")
def respondent(request: StaffRequest, number: str) -> HttpResponse:
    """Name the unit, or say that it is none of ours; units in its line lose the case at once."""
    case = shown_case(request.user, number, act="case.name_respondent")
    form = RespondentForm(request.POST)

    def act() -> str:
        taken = settle(case, **form.facts(), by=request.user, at=timezone.now())
        said = _("It is settled who is complained about.")
        return f"{said} {said_of_taken(case, taken)}".strip()

    return _do(request, case, Refill("respondent", form), act)


@require_POST
@staff_view("case.withdraw_respondent")
def withdrawal(request: StaffRequest, number: str) -> HttpResponse:
    """Let one unit in again; its line may see the case and be given it from now on."""
    case = shown_case(request.user, number, act="case.withdraw_respondent")
    form = WithdrawForm(request.POST, case=case, user=request.user)

    def withdraw() -> str:
        said = form.cleaned_data
        unit = form.rows[said["unit"]].unit
        case.withdraw_respondent(unit=unit, note=said["note"], by=request.user, at=timezone.now())
        return _("The unit and its line may see the case again and be given it.")

    return _do(request, case, Refill("withdraw", form), withdraw)


def _do(request: StaffRequest, case: Case, asked: Refill, act: Callable[[], str]) -> HttpResponse:
    """Do it and say what ``act`` gives; a rule that forbids it becomes the form's error."""
    if asked.form.is_valid():
        with told_on(asked.form):
            messages.success(request, act())
            return see_other("desk:case", case.number)
    return show_case(request, case, refill=asked, status=422)
