"""The dispatcher's desk: look, send, and the next one is there."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cases.clocks.due import deadline
from cases.models import Case
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import case_for
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from cases.templatetags.timewords import term_words
from cases.words import CaseState
from routing.accused.asking import YES, Answer, Unasked
from routing.accused.settling import settle
from routing.desk import page
from routing.desk.forms import DispatchForm, RejectForm, RespondentForm, TransferForm
from routing.desk.queue import SHOWN, waiting_cases
from routing.dispatching.automatic import send_sure
from routing.dispatching.dispatch import classify, dispatch_case, to_whom


def visible(request: StaffRequest, number: str) -> Case:
    """The case, with what the desk shows read along; 404 as ``case_for``."""
    rows = Case.objects.select_related("category", "region__parent", "petitioner")
    return case_for(request.user, number, rows=rows)


def back(request: StaffRequest, number: str = "") -> HttpResponse:
    """To the desk with the same queue, at a case or at the first."""
    query = request.GET.copy()
    query.pop("case", None)
    if number:
        query["case"] = number
    return see_other("routing:dispatch", tail=f"?{query.urlencode()}" if query else "")


@require_GET
@staff_view("case.dispatch")
def desk(request: StaffRequest) -> HttpResponse:
    """The queue and one case, the most pressing when none is named."""
    number = request.GET.get("case", "")
    if not number:
        return page.show(request, None)
    case = visible(request, number)
    if not waiting_cases(request.user).filter(pk=case.pk).exists():
        messages.info(
            request,
            _("%(number)s is no longer waiting here: %(state)s.")
            % {"number": case.number, "state": case.get_state_display()},
        )
        return back(request)
    return page.show(request, case)


@require_POST
@staff_view("case.dispatch")
def assignment(request: StaffRequest, number: str) -> HttpResponse:
    """Send the case to its units, accepting and classing it first where that is still to be done."""
    case, now = visible(request, number), timezone.now()
    form = DispatchForm(request.POST)
    if not form.is_valid():
        return page.show(request, case, dispatch=form)
    answer = Answer.of(request.POST)
    if answer.word == YES:
        return _keep_out(request, case, form, answer)
    advice, _returned = page.advice_on(case, form, now)

    try:
        with told_on(form, but=(Unasked,)):
            dispatch_case(
                case,
                form.lead,
                form.assistants,
                note=form.cleaned_data["note"],
                suggestions=advice.suggestions,
                facts=form.facts(),
                not_about=answer.not_about,
                by=request.user,
                at=now,
            )
            term = term_words(deadline(case, "sign", now).term, natural=True)
            said = _("Sent to %(unit)s, which is to sign within %(term)s.")
            to = to_whom(form.lead, form.assistants)
            messages.success(request, said % {"unit": to, "term": term})
            return back(request)
    except Unasked as question:
        return page.show(request, case, dispatch=form, unasked=question.proposals)
    return page.show(request, case, dispatch=form)


def _keep_out(
    request: StaffRequest, case: Case, form: DispatchForm, answer: Answer
) -> HttpResponse:
    """The complaint is about the unit it was to go to: settle that; what was typed stays for another."""
    with told_on(form):
        case.name_respondent(units=answer.settled, by=request.user, at=timezone.now())
        names = "、".join(str(unit) for unit in answer.accused)
        said = _("%(units)s is settled as complained about. Choose another unit.")
        form.add_error("other", said % {"units": names})
    return page.show(request, case, dispatch=form)


@require_POST
@staff_view("case.dispatch")
def assignments(request: StaffRequest) -> HttpResponse:
    """Send the ticked cases whose suggestion is beyond doubt, all in one act."""
    ticked = request.POST.getlist("case")[:SHOWN]
    cases = (
        waiting_cases(request.user)
        .filter(number__in=ticked)
        .select_related("category", "region__parent")
        .with_accused()
    )
    sent = send_sure(list(cases), by=request.user, at=timezone.now())
    if sent.done:
        said = ngettext(
            "%(n)d case is sent: %(to)s.", "%(n)d cases are sent: %(to)s.", len(sent.done)
        )
        messages.success(request, said % {"n": len(sent.done), "to": _each(sent.to)})
    missed = sorted(set(ticked) - set(sent.done))
    if missed:
        said = _("Not sent, look at them one by one: %(numbers)s.")
        messages.warning(request, said % {"numbers": "、".join(missed)})
    elif not ticked:
        messages.info(request, _("No case was ticked; nothing is sent."))
    return back(request)


def _each(to: tuple[str, ...]) -> str:
    """Whom they went to, each once, with how many."""
    each = _("%(unit)s (%(n)d)")
    return _("; ").join(each % {"unit": unit, "n": n} for unit, n in Counter(to).most_common())


@require_POST
@staff_view("case.reclassify")
def classification(request: StaffRequest, number: str) -> HttpResponse:
    """Keep the class without sending: a submitted case is accepted with it."""
    case, now = visible(request, number), timezone.now()
    form = DispatchForm(request.POST)
    form.is_valid()
    if set(form.errors) & set(form.FACTS):
        return page.show(request, case, dispatch=form)
    accepted = case.state == CaseState.SUBMITTED
    with told_on(form):
        classify(case, form.facts(), by=request.user, at=now)
        said = _("Accepted; it now waits for dispatch.") if accepted else _("The class is changed.")
        messages.success(request, said)
        return back(request, case.number)
    return page.show(request, case, dispatch=form)


@require_POST
@staff_view("case.dispatch")
def advice(request: StaffRequest, number: str) -> HttpResponse:
    """Suggestions and deadline for the class as it stands in the form: a part of the page.

    Asked for by the page while the class is changed; nothing is saved.
    """
    case, now = visible(request, number), timezone.now()
    form = DispatchForm(request.POST)
    form.is_valid()
    found, _returned = page.advice_on(case, form, now)
    fresh = page.form_of(case, found)
    typed = request.POST.copy()
    for name in ("unit", "assisting"):
        typed[name] = fresh.initial.get(name, "")
    context = {
        "case": case,
        "advice": found,
        "form": DispatchForm(initial=typed.dict()),
        "now": now,
    }
    return render(request, "routing/advice.html", context)


@require_POST
@staff_view("case.name_respondent")
def respondent(request: StaffRequest, number: str) -> HttpResponse:
    """Settle who is complained about: its line never gets the case.

    What stands in the form of the dispatch comes along and is shown again: it is not sent yet.
    """
    case, form = visible(request, number), RespondentForm(request.POST)
    typed = page.typed_form(request.POST, case)
    if form.is_valid():
        with told_on(form):
            settle(case, **form.facts(), by=request.user, at=timezone.now())
            messages.success(request, _settled(case))
            return page.show(request, case, typed=typed) if typed else back(request, case.number)
    return page.show(request, case, respondent=form, typed=typed)


def _settled(case: Case) -> str:
    if not case.accused:
        return _("Settled: none of our units is complained about.")
    said = _("Settled: %(units)s, and what is above and below, never sees this case.")
    return said % {"units": "、".join(str(row.unit) for row in case.accused)}


@require_POST
@staff_view("case.reject")
def rejection(request: StaffRequest, number: str) -> HttpResponse:
    """Do not accept; the citizen is told why and which legal route is open."""
    case, form = visible(request, number), RejectForm(request.POST)
    if form.is_valid():
        reason, route = form.cleaned_data["reason"], form.cleaned_data["legal_route"]
        with told_on(form):
            case.reject(reason=reason, legal_route=route, by=request.user, at=timezone.now())
            said = _("%(number)s is not accepted: %(reason)s. The citizen is told the legal route.")
            messages.success(request, said % {"number": case.number, "reason": reason})
            return back(request)
    return page.show(request, case, reject=form)


@require_POST
@staff_view("case.transfer")
def transfer(request: StaffRequest, number: str) -> HttpResponse:
    """Hand the case over to a line or an office outside."""
    case, form = visible(request, number), TransferForm(request.POST)
    if form.is_valid():
        reason, target = form.cleaned_data["reason"], form.cleaned_data["target"]
        with told_on(form):
            case.transfer(reason=reason, target=target, by=request.user, at=timezone.now())
            said = _("%(number)s is transferred: %(target)s.")
            facts = {"number": case.number, "target": case.transfer_target}
            messages.success(request, said % facts)
            return back(request)
    return page.show(request, case, transfer=form)
