"""The desk for dissatisfied citizens: is there reason? A second person decides."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cases.errors import Refused
from cases.looks.looking import saw
from cases.models import Case
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import case_for
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from cases.people.person import Person
from cases.shapes import Context
from cases.words import CaseState
from routing.accused.asking import YES, Answer, Unasked
from routing.accused.proposing import AccusedProposal
from satisfaction.dissatisfied.deciding import decide_dissatisfied, unhappy
from satisfaction.dissatisfied.forms import DissatisfactionDecisionForm
from satisfaction.words import DissatisfactionDecision

SHOWN = 50


@require_safe
@never_cache
@staff_view("case.review_dissatisfied")
def dissatisfied(request: StaffRequest) -> HttpResponse:
    """Show the queue and one case: the one asked for by number, else the most pressing."""
    return _show(request, request.GET.get("case", ""))


def _show(
    request: StaffRequest,
    number: str,
    *,
    form: DissatisfactionDecisionForm | None = None,
    status: int = 200,
    unasked: Sequence[AccusedProposal] = (),
) -> HttpResponse:
    waiting = unhappy(request.user).select_related("lead_unit")
    rows, total = list(waiting[:SHOWN]), waiting.count()
    wanted = number or (rows[0].number if rows else "")
    related = ("category", "region", "petitioner", "lead_unit")
    case = waiting.select_related(*related).filter(number=wanted).first() if wanted else None
    now = timezone.now()
    saw(by=request.user, at=now, case=case, lists={"dissatisfied": len(rows)})
    context: Context = {
        "rows": rows,
        "total": total,
        "now": now,
        "case": case,
        "chosen": case,
        "gone": bool(number) and case is None,
    }
    if case is not None:
        said = list(case.evaluations.handling().select_related("by", "unit"))
        valid = next((one for one in said if one.is_valid and one.round == case.round), None)
        context |= {
            "task": case.lead(),
            "said": said,
            "rating": valid,
            "attempts": case.callbacks.filter(round=case.round).select_related("by"),
            "earlier": case.dissatisfaction_reviews.select_related("by", "unit"),
            "is_own": valid is not None and valid.by_id == request.user.pk,
            "may_rework": "order_rework" in case.possible(request.user, at=now),
            "form": form or DissatisfactionDecisionForm(),
            "unasked": unasked,
        }
    return render(request, "satisfaction/dissatisfied.html", context, status=status)


@require_POST
@staff_view("case.review_dissatisfied")
def decision(request: StaffRequest, number: str) -> HttpResponse:
    """Order a rework or close with the reason; then the next case."""
    case = case_for(request.user, number)
    posted = request.POST.copy()
    if "about" in posted:  # the answer to the question that came before a rework
        posted["decision"] = DissatisfactionDecision.REWORK.value
    form = DissatisfactionDecisionForm(posted)
    unasked: list[AccusedProposal] = []
    if form.is_valid():
        try:
            with told_on(form, but=(Unasked,)):
                _decide(case, form, Answer.of(request.POST), request.user)
                messages.success(request, _told(case))
                return see_other("satisfaction:dissatisfied")
        except Unasked as question:
            unasked = question.proposals
    return _show(request, number, form=form, status=422, unasked=unasked)


def _decide(case: Case, form: DissatisfactionDecisionForm, answer: Answer, by: Person) -> None:
    now = timezone.now()
    if answer.word == YES:  # settled, and another unit has to do it again
        case.name_respondent(units=answer.settled, by=by, at=now)
        names = "、".join(str(unit) for unit in answer.accused)
        said = _("%(units)s is settled as complained about. Choose another unit.")
        raise Refused(said % {"units": names})
    decide_dissatisfied(case, not_about=answer.not_about, by=by, at=now, **form.cleaned_data)


def _told(case: Case) -> str:
    words = {"title": case.title, "unit": str(case.lead_unit or ""), "round": case.round}
    if case.state == CaseState.REWORK:
        return _("Sent to %(unit)s for rework, round %(round)d: “%(title)s”.") % words
    return _("Closed with your explanation: “%(title)s”. The rating stays in the figures.") % words
