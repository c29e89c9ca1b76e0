"""The operator's screen as it is shown: what is typed, who calls, where it may go."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from cases.looks.looking import Sought, saw
from cases.models import Reason, Unit
from cases.pages.request import StaffRequest
from cases.privacy.crypto import mask_phone
from cases.reference import options
from cases.words import UnitKind
from hotline.desk.calls.advice import advice_for
from hotline.desk.calls.caller import Caller, shift_of
from hotline.desk.calls.forms import CallForm, typed_in
from routing.accused.proposing import AccusedProposal


def show(
    request: StaffRequest,
    form: CallForm,
    caller: Caller | None,
    status: int = 200,
    act: str = "",
    unasked: Sequence[AccusedProposal] = (),
    said: str = "",
    refused: str = "",
) -> HttpResponse:
    """The whole screen; ``unasked``: units of which is asked whether the complaint is about them.

    ``said``, ``refused``: what became of an act that leaves the call open.
    """
    now = timezone.now()
    found = advice_for(_typed(form), request.user, now)
    chosen = found.chosen
    told_of(request, caller, len(found.similar), now)
    context = {
        "form": form,
        "unasked": unasked,
        "caller": caller,
        "act": act,
        "said": said,
        "refused": refused,
        "now": now,
        "shift": shift_of(request.user, now),
        "advice": found,
        "category": chosen.category if chosen else "",
        "lead": form["lead"].value() or (chosen.suggestion.unit if chosen else ""),
        "others": [one.unit for one in chosen.assistants if one.is_ticked] if chosen else [],
        "categories": options.leaf_categories(),
        "places": options.places(with_county=False),
        "units": options.units(Unit.objects.exclude(kind__in=[UnitKind.OFFICE, UnitKind.SECTION])),
        "all_units": options.units(),
        "reject_reasons": Reason.objects.filter(is_active=True, kind="reject"),
        "transfer_reasons": Reason.objects.filter(is_active=True, kind="transfer"),
    }
    return render(request, "desk/calls/operator.html", context, status=status)


def told_of(request: StaffRequest, caller: Caller | None, similar: int, at: datetime) -> None:
    """Record whose number was looked up, and the cases that are shown for it and for the text."""
    sought, lists = None, {"advice": similar}
    if caller and caller.is_complete:
        sought = Sought(mask_phone(caller.phone), len(caller.cases), is_caller=True)
        lists["caller"] = len(caller.cases)
    saw(by=request.user, at=at, sought=sought, lists=lists)


def _typed(form: CallForm) -> dict[str, str]:
    """What stands in the form; of one that was sent, the unit ticked is the operator's choice."""
    if isinstance(form.data, QueryDict):
        typed = typed_in(form.data)
        return typed | {"chose": "1" if typed.get("suggested") else ""}
    return {name: str(form[name].value() or "") for name in form.fields}
