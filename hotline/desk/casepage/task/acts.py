"""What a unit does to its task from the case page: each form calls one verb.

A refusal of the verb is one sentence on the form, with everything typed still there (422). A step that
is no longer possible, because somebody else was first, is answered 409 by the middleware.
"""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models import Assignment
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import task_for
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from cases.shapes import Payload
from cases.templatetags.timewords import due_when
from hotline.desk.casepage.page import Refill, show_case
from hotline.desk.casepage.task.drafts import forget, keep
from hotline.desk.casepage.task.forms import (
    FirstContactForm,
    OpinionForm,
    RelayAskForm,
    ReplyForm,
    SendBackForm,
    UrgeForm,
)


def asked_task(request: StaffRequest, pk: int, act: str) -> Assignment:
    """The task, with what the page of its case shows of it; 404 as ``task_for``."""
    rows = Assignment.objects.select_related("case__petitioner", "unit")
    return task_for(request.user, pk, act=act, rows=rows)


def fill_in(
    request: StaffRequest,
    task: Assignment,
    name: str,
    form: Form,
    do: Callable[[Payload], object],
) -> HttpResponse | None:
    """Call the verb with the form; ``None`` when it is done, else the page with what was typed."""
    if form.is_valid():
        with told_on(form):
            do(form.cleaned_data)
            return None
    return show_case(request, task.case, task=task, refill=Refill(name, form), status=422)


def back_to(task: Assignment) -> HttpResponse:
    """The page of the task's case."""
    return see_other("desk:case", task.case.number)


@require_POST
@staff_view("assignment.contact")
def first_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Record the first contact (先行联系)."""
    task, now = asked_task(request, pk, "assignment.contact"), timezone.now()

    def do(facts: Payload) -> None:
        task.record_first_contact(by=request.user, at=timezone.now(), **facts)

    refused = fill_in(request, task, "first_contact", FirstContactForm(request.POST), do)
    if refused:
        return refused
    words = _("First contact recorded. The reply is due by %(when)s.")
    messages.success(request, words % {"when": due_when(task.due_at, now)})
    return back_to(task)


@require_POST
@staff_view("assignment.contact")
def relay(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a question to the citizen through the office, which keeps who it is to itself."""
    task = asked_task(request, pk, "assignment.contact")

    def do(facts: Payload) -> None:
        task.ask_relay(by=request.user, at=timezone.now(), **facts)

    refused = fill_in(request, task, "relay", RelayAskForm(request.POST), do)
    if refused:
        return refused
    messages.success(request, _("The office asks the citizen; the answer appears here."))
    return back_to(task)


@require_POST
@staff_view("assignment.reply")
def reply(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand the reply to the leader; a leader who wrote it may sign it off in the same breath."""
    task = asked_task(request, pk, "assignment.reply")

    def do(facts: Payload) -> None:
        keep(request.user, task, request.POST.dict(), timezone.now())  # somebody may be first
        task.submit_reply(by=request.user, at=timezone.now(), **facts)

    refused = fill_in(request, task, "reply", ReplyForm(request.POST), do)
    if refused:
        return refused
    forget(request.user, task)
    messages.success(
        request, _("Handed to your leader. The clock stops when the leader signs it off.")
    )
    return back_to(task)


@require_POST
@staff_view("assignment.contribute")
def opinion(request: StaffRequest, pk: int) -> HttpResponse:
    """Give an assisting unit's opinion to the lead unit."""
    task = asked_task(request, pk, "assignment.contribute")

    def do(facts: Payload) -> None:
        keep(request.user, task, request.POST.dict(), timezone.now())
        task.contribute(by=request.user, at=timezone.now(), **facts)

    refused = fill_in(request, task, "opinion", OpinionForm(request.POST), do)
    if refused:
        return refused
    forget(request.user, task)
    messages.success(request, _("Your opinion is with the lead unit now. Your part is done."))
    return back_to(task)


@require_POST
@staff_view("assignment.sign_off")
def sign_off(request: StaffRequest, pk: int) -> HttpResponse:
    """Sign the reply off (审签): the unit's clock stops, the office reviews."""
    task = asked_task(request, pk, "assignment.sign_off")
    task.sign_off(by=request.user, at=timezone.now())
    words = _("Signed off: “%(title)s”. The hotline office checks the reply now.")
    messages.success(request, words % {"title": task.case.title})
    return _where_it_came_from(request, task)


@require_POST
@staff_view("assignment.sign_off")
def send_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the reply back to the clerk with what has to be changed."""
    task = asked_task(request, pk, "assignment.sign_off")

    def do(facts: Payload) -> None:
        task.send_back(by=request.user, at=timezone.now(), **facts)

    refused = fill_in(request, task, "send_back", SendBackForm(request.POST), do)
    if refused:
        return refused
    messages.success(request, _("Sent back. The clerk sees what has to be changed."))
    return _where_it_came_from(request, task)


@require_POST
@staff_view("assignment.urge")
def urge(request: StaffRequest, pk: int) -> HttpResponse:
    """Press the unit (催办): it is told at once, and the timeline keeps who pressed and when."""
    task = asked_task(request, pk, "assignment.urge")

    def do(facts: Payload) -> None:
        task.urge(by=request.user, at=timezone.now(), **facts)

    refused = fill_in(request, task, "urge", UrgeForm(request.POST), do)
    if refused:
        return refused
    messages.success(request, _("Urged: %(unit)s is told.") % {"unit": task.unit_name})
    return back_to(task)


def _where_it_came_from(request: StaffRequest, task: Assignment) -> HttpResponse:
    if request.POST.get("then") == "signoff":
        return see_other("desk:signoff")
    return back_to(task)
