"""Signing tasks (签收): one, or those that are ticked."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cases.errors import IllegalStep
from cases.models import Assignment
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import task_for
from cases.pages.request import StaffRequest
from cases.templatetags.timewords import due_when
from cases.words import Secrecy
from hotline.desk.worklist.clocks import needs_contact

MOST = 200


@require_POST
@staff_view("assignment.sign")
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    """Sign one task and open its case, where the next step stands."""
    task = task_for(request.user, pk, rows=Assignment.objects.select_related("case"))
    task.sign(by=request.user, at=timezone.now())
    messages.success(request, _("Signed. %(next)s") % {"next": _what_next(task)})
    if request.POST.get("then") == "list":
        return see_other("desk:worklist")
    return see_other("desk:case", task.case.number)


def _what_next(task: Assignment) -> str:
    now = timezone.now()
    if needs_contact(task) and task.contact_due_at:
        if task.case.secrecy != Secrecy.NORMAL:
            return _("Have the office contact the citizen by %(when)s.") % {
                "when": due_when(task.contact_due_at, now)
            }
        return _("Contact the citizen by %(when)s.") % {"when": due_when(task.contact_due_at, now)}
    return _("To be finished by %(when)s.") % {"when": due_when(task.due_at, now)}


@require_POST
@staff_view("assignment.sign")
def sign_many(request: StaffRequest) -> HttpResponse:
    """Sign every ticked task; those somebody else signed meanwhile are named, not an error."""
    ids = [int(pk) for pk in request.POST.getlist("task")[:MOST] if pk.isdecimal()]
    tasks = Assignment.objects.visible_to(request.user).select_related("case").filter(pk__in=ids)
    signed, late = 0, []
    for task in tasks:
        try:
            task.sign(by=request.user, at=timezone.now())
        except IllegalStep:
            late.append(task.case.number)
        else:
            signed += 1
    _say(request, signed, late, ticked=bool(ids))
    return see_other("desk:worklist")


def _say(request: StaffRequest, signed: int, late: list[str], *, ticked: bool) -> None:
    if not ticked:
        messages.warning(request, _("Tick the tasks to sign first."))
    if signed:
        words = ngettext(
            "%(n)d task signed. Contact the citizen next.",
            "%(n)d tasks signed. Contact the citizens next.",
            signed,
        )
        messages.success(request, words % {"n": signed})
    if late:
        words = _("No longer waiting for a signature: %(numbers)s")
        messages.warning(request, words % {"numbers": ", ".join(late)})
