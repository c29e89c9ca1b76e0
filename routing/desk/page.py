"""Everything the dispatcher's desk shows at once, from a constant number of queries."""

from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from cases.lifecycle.classing import Classing
from cases.looks.looking import saw
from cases.models import Case, User
from cases.pages.request import StaffRequest
from cases.people.sight import What, sees
from cases.secrecy.respondent import ASKED_OF
from cases.shapes import Context
from cases.words import CaseState, Urgency
from routing.accused.proposing import AccusedProposal, named_in
from routing.advice.returned import Returned, returns_of
from routing.advice.suggest import foremost
from routing.desk import queue
from routing.desk.advising import DispatchAdvice, advise
from routing.desk.forms import (
    ClassForm,
    DispatchForm,
    RejectForm,
    RespondentForm,
    TransferForm,
    choices_for_lists,
)
from routing.dispatching.accuracy import first_dispatch_accuracy, seen_by
from routing.dispatching.models.decision import Decision
from routing.rules.hazards import HazardFound, hazard_in
from search.likeness.similar import LikenessAsked, Similar, similar_cases

SIMILAR = 4
MONTH = timedelta(days=30)


class DeskForms(TypedDict, total=False):
    """Bound forms that were refused, and ``unasked``: units of which is asked whether it is about them."""

    dispatch: DispatchForm
    reject: RejectForm
    transfer: TransferForm
    respondent: RespondentForm
    unasked: list[AccusedProposal]


def advice_on(case: Case, form: DispatchForm, now: datetime) -> tuple[DispatchAdvice, Returned]:
    """Advice by what stands in the form if it can be read, else by the case."""
    returned = returns_of(case)
    typed = getattr(form, "cleaned_data", {}) if form.is_bound else {}
    facts: Classing = form.facts() if all(name in typed for name in form.FACTS) else {}
    if not form.is_bound and proposed_urgency(case):
        facts = {
            "category": case.category,
            "region": case.region,
            "demand_type": case.demand_type,
            "urgency": proposed_urgency(case),
        }
    return advise(case, returned, now, facts), returned


def hazard_of(case: Case) -> HazardFound | None:
    """The danger of which a case speaks that nobody called urgent."""
    if case.urgency != Urgency.NORMAL:
        return None
    return hazard_in(f"{case.title}\n{case.content}")


def proposed_urgency(case: Case) -> str:
    """Urgent where the text speaks of a danger; "" where nothing is proposed."""
    return Urgency.URGENT if hazard_of(case) else ""


def form_of(case: Case, advice: DispatchAdvice | None = None) -> DispatchForm:
    """A fresh form with the case's class and the foremost suggestion taken, no one of two alike."""
    initial = ClassForm.initial_of(case)
    initial["urgency"] = proposed_urgency(case) or case.urgency
    best = foremost(advice.suggestions) if advice else None
    if best:
        initial |= {"unit": best.unit.code, "assisting": best.assisting_words}
    return DispatchForm(initial=initial)


def typed_form(posted: QueryDict, case: Case) -> DispatchForm | None:
    """The form of the dispatch as somebody left it while they did something else; not judged yet.

    ``None`` when nothing else stands in it than what the desk had put there.
    """
    if "demand_type" not in posted:
        return None
    typed = DispatchForm(initial=posted.dict())
    fresh = form_of(case, advice_on(case, DispatchForm(), timezone.now())[0])
    return typed if typed.has_changed_from(fresh) else None


def show(
    request: StaffRequest,
    case: Case | None,
    *,
    typed: DispatchForm | None = None,
    **forms: Unpack[DeskForms],
) -> HttpResponse:
    """The whole desk; ``typed``: what stands in the form of the dispatch and was not sent."""
    status = 422 if forms else 200
    if typed:
        forms["dispatch"] = typed
    now = timezone.now()
    state = request.GET.get("queue", "")
    context: Context = {
        "now": now,
        "queue_state": state,
        "State": CaseState,
        "counts": queue.counts(request.user, now),
        "rows": queue.rows(request.user, state, now),
        "today": _today(request.user, now),
    }
    context["plain"] = [row for row in context["rows"] if row.is_plain]
    if case is None and context["rows"]:
        case = context["rows"][0].case
    if case is not None:
        context |= about(request, case, now, **forms)
    shown = {"dispatch": len(context["rows"]), "similar": len(context.get("similar", ()))}
    saw(by=request.user, at=now, case=case, lists=shown)
    return render(request, "routing/dispatch.html", context, status=status)


def about(
    request: StaffRequest,
    case: Case,
    now: datetime,
    *,
    dispatch: DispatchForm | None = None,
    reject: RejectForm | None = None,
    transfer: TransferForm | None = None,
    respondent: RespondentForm | None = None,
    unasked: list[AccusedProposal] | None = None,
) -> Context:
    """What the middle and the right column say of one case."""
    advice, returned = advice_on(case, dispatch or DispatchForm(), now)
    form = dispatch or form_of(case, advice)
    return choices_for_lists() | {
        "case": case,
        "advice": advice,
        "returned": returned,
        "form": form,
        "hazard": hazard_of(case),
        "chosen_lead": _lead_words(form, advice),
        "reject": reject or RejectForm(),
        "transfer": transfer or TransferForm(),
        "unasked": unasked,
        "respondent": respondent or RespondentForm(),
        "asks_respondent": case.respondent_state or case.demand_type in ASKED_OF,
        "accused": _accused(case),
        "guidance": RejectForm.guidance(),
        "attachments": case.attachments.all() if sees(request.user, case, What.FILES) else [],
        "similar": _similar(case, request.user),
    }


def _lead_words(form: DispatchForm, advice: DispatchAdvice) -> str:
    """The unit that the form names: written by hand, or the suggestion taken."""
    code = form["unit"].value()
    taken = next((str(one.unit) for one in advice.suggestions if one.unit.code == code), "")
    return str(form["other"].value() or "") or taken


def _accused(case: Case) -> list[AccusedProposal]:
    """Units to choose from while it is open who is complained about: those the text names."""
    return named_in(case) if case.is_respondent_open else []


def _similar(case: Case, user: User) -> list[Similar]:
    """Open cases like this one with their reasons; read with the page, for a late warning is none."""
    asked = LikenessAsked(
        f"{case.title} {case.content}",
        address=case.address,
        region=case.region,
        phone_hashes=case.petitioner.phone_hashes if case.petitioner else (),
        without=case.pk,
    )
    return similar_cases(asked, user, limit=SIMILAR)


def _today(user: User, now: datetime) -> Context:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "sent": seen_by(user, Decision.objects.filter(at__gte=midnight, at__lte=now)).count(),
        "accuracy": first_dispatch_accuracy(now - MONTH, now, user),
    }
