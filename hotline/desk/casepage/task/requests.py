"""Asking to return a task (退单) or for more time (延期), and the leader's signature on a return."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import request_for
from cases.pages.refusals import told_to
from cases.pages.request import StaffRequest
from cases.people.permissions import may
from cases.shapes import Payload
from hotline.desk.casepage.task.acts import asked_task, back_to, fill_in
from hotline.desk.casepage.task.forms import ExtensionForm, ReturnForm


@require_POST
@staff_view("request.ask")
def ask_return(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask the office to take the task back; the clock keeps running."""
    task = asked_task(request, pk, "request.ask")

    def do(facts: Payload) -> None:
        task.ask_return(by=request.user, at=timezone.now(), **facts)

    refused = fill_in(request, task, "return", ReturnForm(request.POST), do)
    if refused:
        return refused
    signed = may(request.user, "request.sign")
    messages.success(
        request,
        _("The return is with the hotline office. Your time keeps running until it is granted.")
        if signed
        else _("The return waits for your leader's signature. Your time keeps running."),
    )
    return back_to(task)


@require_POST
@staff_view("request.ask")
def ask_extension(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for more working days, before the due time."""
    task = asked_task(request, pk, "request.ask")

    def do(facts: Payload) -> None:
        task.ask_extension(by=request.user, at=timezone.now(), **facts)

    refused = fill_in(request, task, "extension", ExtensionForm(request.POST), do)
    if refused:
        return refused
    messages.success(
        request,
        _("Asked for more time. Until the office decides, the present due time stands."),
    )
    return back_to(task)


@require_POST
@staff_view("request.sign")
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    """The leader signs a return; the office's decision clock starts."""
    asked = request_for(request.user, pk, act="request.sign")
    with told_to(request):
        asked.sign(by=request.user, at=timezone.now())
        messages.success(request, _("Return signed. The hotline office decides now."))
    if request.POST.get("then") == "signoff":
        return see_other("desk:signoff")
    return back_to(asked.assignment)
