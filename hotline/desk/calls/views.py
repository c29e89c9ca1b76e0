"""The operator's screen: who is it, what is it, where does it go?"""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.looks.looking import saw
from cases.models import Case, IntakeKey, Unit, User
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import case_for
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from cases.shapes import Payload
from cases.templatetags.parts import until
from hotline import intake
from hotline.desk.calls import page
from hotline.desk.calls.advice import advice_for
from hotline.desk.calls.caller import caller_of, known_by
from hotline.desk.calls.drafts import is_own, kept
from hotline.desk.calls.forms import CallForm, new_token, typed_in
from hotline.desk.calls.looking_up import look_up
from hotline.desk.calls.models.draft import Draft
from routing.accused.asking import Answer, Unasked
from routing.dispatching.dispatch import to_whom

ACTS = ("answer", "dispatch", "accept", "reject", "transfer", "log", "draft")


@staff_view("case.accept")
@require_http_methods(["GET", "POST"])
def operator(request: StaffRequest) -> HttpResponse:
    """Show the form (``?draft=`` a kept one), look a caller up, or finish the call by one key.

    A number stands in no address: the caller is looked up by sending the form, which keeps what is typed.
    """
    if request.method == "POST":
        return look_up(request) if request.POST.get("act") == "look_up" else _finish(request)
    initial: Payload = {"token": new_token(), "phone": ""}
    if "draft" in request.GET:
        draft = get_object_or_404(Draft.objects.of(request.user), token=request.GET["draft"])
        initial |= draft.fields | {"token": draft.token}
    caller = caller_of(initial["phone"], request.user, timezone.now())
    return page.show(request, CallForm(initial=initial), caller)


def _finish(request: StaffRequest) -> HttpResponse:
    act = request.POST.get("act") or ("dispatch" if "about" in request.POST else "")
    if act == "draft":
        return _keep_draft(request)
    form = CallForm(request.POST, act=act)
    caller = caller_of(request.POST.get("phone", ""), request.user, timezone.now())
    if act not in ACTS or not form.is_valid():
        return page.show(request, form, caller, status=422, act=act)
    said, unasked = form.cleaned_data, []
    if said["known_name"] and said["looked_up"] == said["phone"]:
        _take_known(said, request.user)
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
    return page.show(request, form, caller, status=422, act=act, unasked=unasked)


def _take_known(said: Payload, user: User) -> None:
    """Name and gender of last time, where nobody wrote others."""
    known = known_by(said["phone"], user)
    if known and not said["name"]:
        said["name"] = known.name
        said["gender"] = said["gender"] or known.gender


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
    fields = typed_in(request.POST)
    token = fields.get("token", "")[:40]
    if not is_own(request.user, token):
        return see_other("desk:operator")
    draft = kept(request.user, token, fields, timezone.now())
    # Asked after keeping: a call that is finished later than this throws the draft away itself.
    if IntakeKey.objects.filter(key=token).exists():
        return _finished_already(request, draft)
    if request.headers.get("HX-Request"):
        return render(request, "desk/calls/saved.html", {"draft": draft})
    if draft is None:
        return _nothing_to_keep(request, fields)
    messages.success(request, _("The draft is kept. You find it under “My drafts”."))
    return see_other("desk:drafts")


def _nothing_to_keep(request: StaffRequest, fields: dict[str, str]) -> HttpResponse:
    """The key was pressed before anything was written."""
    caller = caller_of(fields.get("phone", ""), request.user, timezone.now())
    said = _("Nothing is written yet, so there is nothing to keep.")
    return page.show(request, CallForm(initial=fields), caller, status=422, refused=said)


def _finished_already(request: StaffRequest, draft: Draft | None) -> HttpResponse:
    """A save that was on its way when the call was finished leaves no draft behind."""
    if draft:
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
    ticked = [] if said["lead"] else request.POST.getlist("assisting")
    case = intake.dispatch(
        form.intake(now),
        lead,
        said["note"],
        assisting=[one.removeprefix(f"{lead.code}/") for one in ticked],
        key=said["token"],
        by=request.user,
        at=now,
        not_about=answer.not_about,
    )
    task = case.lead()
    to = to_whom(lead, [one.unit for one in case.assignments.select_related("unit")])
    sentence = _("Sent to %(unit)s, which must sign by %(when)s.")
    return sentence % {"unit": to, "when": until(task.sign_due_at if task else None, now)}, case


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
    typed = typed_in(request.POST)
    now = timezone.now()
    found = advice_for(typed, request.user, now)
    saw(by=request.user, at=now, lists={"advice": len(found.similar)})
    return render(request, "desk/calls/advice.html", {"advice": found, "now": now})


@staff_view("case.accept")
@require_GET
def receipt(request: StaffRequest, number: str) -> HttpResponse:
    """Number and query code to read to the caller; only the operator who registered it sees the code."""
    mine = Case.objects.filter(registered_by=request.user.pk)
    case = case_for(request.user, number, rows=mine.select_related("lead_unit", "category"))
    saw(by=request.user, at=timezone.now(), case=case)
    return render(request, "desk/calls/receipt.html", {"case": case})
