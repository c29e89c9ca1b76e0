"""The operator's screen: who is it, what is it, where does it go?"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.looks.looking import Sought, saw
from cases.models import Case, Category, IntakeKey, Reason, Region, Unit
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import case_for
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from cases.privacy.crypto import mask_phone
from cases.shapes import Payload
from cases.templatetags.parts import until
from hotline import intake
from hotline.desk.calls.advice import CallAdvice, advice_for
from hotline.desk.calls.caller import Caller, caller_of, name_of, shift_of
from hotline.desk.calls.forms import CallForm, new_token
from hotline.desk.calls.models.draft import Draft
from routing.accused.asking import Answer, Unasked
from routing.accused.proposing import AccusedProposal

ACTS = ("answer", "dispatch", "accept", "reject", "transfer", "log", "draft")


@staff_view("case.accept")
@require_http_methods(["GET", "POST"])
def operator(request: StaffRequest) -> HttpResponse:
    """Show the form (``?draft=`` a kept one), look a caller up, or finish the call by one key.

    A number stands in no address: the caller is looked up by sending the form, which keeps what is typed.
    """
    if request.method == "POST":
        return _look_up(request) if request.POST.get("act") == "look_up" else _finish(request)
    initial: Payload = {"token": new_token(), "phone": ""}
    if "draft" in request.GET:
        draft = get_object_or_404(Draft.objects.of(request.user), token=request.GET["draft"])
        initial |= draft.fields | {"token": draft.token}
    caller = caller_of(initial["phone"], request.user, timezone.now())
    return _page(request, CallForm(initial=initial), caller)


def _look_up(request: StaffRequest) -> HttpResponse:
    typed = {
        name: request.POST[name][:10_000] for name in CallForm.base_fields if name in request.POST
    }
    caller = caller_of(typed.get("phone", ""), request.user, timezone.now())
    initial: Payload = {"token": new_token(), **typed}
    if caller:
        initial["phone"] = caller.phone
        initial["gender"] = typed.get("gender") or caller.gender
        initial["known_name"] = bool(caller.mask and not typed.get("name"))
    return _page(request, CallForm(initial=initial), caller)


def _page(
    request: StaffRequest,
    form: CallForm,
    caller: Caller | None,
    status: int = 200,
    act: str = "",
    unasked: Sequence[AccusedProposal] = (),
) -> HttpResponse:
    now = timezone.now()
    found = advice_for(_typed(form), request.user, now)
    _told_of(request, caller, found, now)
    context = {
        "form": form,
        "unasked": unasked,
        "caller": caller,
        "act": act,
        "now": now,
        "shift": shift_of(request.user, now),
        "advice": found,
        "categories": Category.objects.filter(is_active=True).exclude(children__is_active=True),
        "regions": Region.objects.filter(is_active=True).exclude(level="county"),
        "units": Unit.objects.filter(is_active=True).exclude(kind__in=["office", "section"]),
        "all_units": Unit.objects.filter(is_active=True),
        "reject_reasons": Reason.objects.filter(is_active=True, kind="reject"),
        "transfer_reasons": Reason.objects.filter(is_active=True, kind="transfer"),
    }
    return render(request, "desk/calls/operator.html", context, status=status)


def _told_of(request: StaffRequest, caller: Caller | None, found: CallAdvice, at: datetime) -> None:
    """Record whose number was looked up, and the cases that are shown for it and for the text."""
    sought, lists = None, {"advice": len(found.similar)}
    if caller:
        sought = Sought(mask_phone(caller.phone), len(caller.cases), is_caller=True)
        lists["caller"] = len(caller.cases)
    saw(by=request.user, at=at, sought=sought, lists=lists)


def _typed(form: CallForm) -> dict[str, str]:
    return {name: str(form[name].value() or "") for name in form.fields}


def _finish(request: StaffRequest) -> HttpResponse:
    act = request.POST.get("act") or ("dispatch" if "about" in request.POST else "")
    if act == "draft":
        return _keep_draft(request)
    form = CallForm(request.POST, act=act)
    caller = caller_of(request.POST.get("phone", ""), request.user, timezone.now())
    if act not in ACTS or not form.is_valid():
        return _page(request, form, caller, status=422, act=act)
    said, unasked = form.cleaned_data, []
    if said["known_name"] and not said["name"]:
        said["name"] = name_of(said["phone"], request.user)
    try:
        with told_on(form, but=(Unasked,)):
            sentence, case = FINISH[act](request, form)
            Draft.objects.of(request.user).filter(token=said["token"]).delete()
            messages.success(request, sentence)
            return see_other("desk:receipt", case.number) if case else see_other("desk:operator")
    except Accused as answer:
        form = _without(request.POST, answer.names)
    except Unasked as question:
        unasked = question.proposals
    return _page(request, form, caller, status=422, act=act, unasked=unasked)


class Accused(Exception):  # noqa: N818 - an answer, caught above
    """The complaint is about the units it was to go to."""

    def __init__(self, units: Sequence[Unit]) -> None:
        super().__init__()
        self.names = "、".join(str(unit) for unit in units)


def _without(sent: QueryDict, names: str) -> CallForm:
    """Write the units down as complained about; everything typed stays, the operator chooses again."""
    typed = sent.copy()
    typed["respondent"], typed["lead"], typed["suggested"] = names, "", ""
    again = CallForm(typed, act="dispatch")
    again.full_clean()
    again.errors.pop("lead", None)  # instead of “choose a unit”: why the one chosen is gone
    said = _("%(units)s is written down as complained about. Choose another unit, or press F6.")
    again.add_error("lead", said % {"units": names})
    return again


def _keep_draft(request: StaffRequest) -> HttpResponse:
    token = request.POST.get("token", "")[:40]
    fields = {
        name: request.POST[name][:10_000] for name in CallForm.base_fields if name in request.POST
    }
    foreign = Draft.objects.filter(token=token).exclude(operator=request.user.pk).exists()
    if not token or foreign:
        return see_other("desk:operator")
    draft = Draft.keep(request.user, token, fields, timezone.now())
    # Asked after keeping: a call that is finished later than this throws the draft away itself.
    if IntakeKey.objects.filter(key=token).exists():
        return _finished_already(request, draft)
    if request.headers.get("HX-Request"):
        return render(request, "desk/calls/saved.html", {"draft": draft})
    messages.success(request, _("The draft is kept. You find it under “My drafts”."))
    return see_other("desk:drafts")


def _finished_already(request: StaffRequest, draft: Draft) -> HttpResponse:
    """A save that was on its way when the call was finished leaves no draft behind."""
    draft.delete()
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    messages.warning(request, _("This call is finished already; there is nothing left to keep."))
    return see_other("desk:operator")


Finished = tuple[str, Case | None]


def _answer(request: StaffRequest, form: CallForm) -> Finished:
    now, said = timezone.now(), form.cleaned_data
    case = intake.answer(
        form.intake(now), said["answer"], key=said["token"], by=request.user, at=now
    )
    return _("Answered directly and recorded."), case


def _dispatch(request: StaffRequest, form: CallForm) -> Finished:
    now, said = timezone.now(), form.cleaned_data
    answer = Answer.of(request.POST)
    if answer.settled:
        raise Accused(answer.settled)
    lead = said["lead"] or said["suggested"]
    case = intake.dispatch(
        form.intake(now),
        lead,
        said["note"],
        key=said["token"],
        by=request.user,
        at=now,
        not_about=answer.not_about,
    )
    task = case.lead()
    sentence = _("Sent to %(unit)s, which must sign by %(when)s.")
    return sentence % {"unit": lead, "when": until(task.sign_due_at if task else None, now)}, case


def _accept(request: StaffRequest, form: CallForm) -> Finished:
    now, said = timezone.now(), form.cleaned_data
    case = intake.accept(form.intake(now), key=said["token"], by=request.user, at=now)
    return _("Registered; the dispatcher takes it from here."), case


def _reject(request: StaffRequest, form: CallForm) -> Finished:
    now, said = timezone.now(), form.cleaned_data
    case = intake.refuse(
        form.intake(now),
        said["reason"],
        said["legal_route"],
        key=said["token"],
        by=request.user,
        at=now,
    )
    return _("Not accepted; the reason and the legal route are recorded."), case


def _transfer(request: StaffRequest, form: CallForm) -> Finished:
    now, said = timezone.now(), form.cleaned_data
    case = intake.transfer(
        form.intake(now), said["reason"], key=said["token"], by=request.user, at=now
    )
    return _("Transferred to %(target)s and recorded.") % {"target": case.transfer_target}, case


def _log(request: StaffRequest, form: CallForm) -> Finished:
    said = form.cleaned_data
    intake.log_call(
        said["phone"], said["name"], said["content"], None, by=request.user, at=timezone.now()
    )
    return _("The call is counted; no case was made."), None


FINISH: dict[str, Callable[[StaffRequest, CallForm], Finished]] = {
    "answer": _answer,
    "dispatch": _dispatch,
    "accept": _accept,
    "reject": _reject,
    "transfer": _transfer,
    "log": _log,
}


@staff_view("case.accept")
@require_POST
def advice(request: StaffRequest) -> HttpResponse:
    """What helps while typing: suggested units with reasons, similar open cases."""
    typed = {name: request.POST.get(name, "")[:10_000] for name in CallForm.base_fields}
    now = timezone.now()
    found = advice_for(typed, request.user, now)
    saw(by=request.user, at=now, lists={"advice": len(found.similar)})
    return render(request, "desk/calls/advice.html", {"advice": found, "now": now})


@staff_view("case.urge")
@require_POST
def urge(request: StaffRequest, number: str) -> HttpResponse:
    """The caller asks about an open case again: an urge, not a new case (催办)."""
    case = case_for(request.user, number)
    note = request.POST.get("note", "")[:500]
    case.urge(note=note, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("Recorded as urge no. %(count)d; the unit has been told.") % {"count": case.urge_count},
    )
    return see_other("desk:case", number) if "stay" in request.POST else see_other("desk:operator")


@staff_view("case.accept")
@require_GET
def receipt(request: StaffRequest, number: str) -> HttpResponse:
    """Number and query code to read to the caller; only the operator who registered it sees the code."""
    mine = Case.objects.filter(registered_by=request.user.pk)
    case = case_for(request.user, number, rows=mine.select_related("lead_unit", "category"))
    saw(by=request.user, at=timezone.now(), case=case)
    return render(request, "desk/calls/receipt.html", {"case": case})
