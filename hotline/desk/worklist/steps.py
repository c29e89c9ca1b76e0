"""The one next step of a task and its tags, as the list and the case page show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.clocks.counting import remaining
from cases.clocks.in_force import calendar
from cases.models import Assignment, Case
from cases.words import AssignmentState
from hotline.desk.worklist.clocks import needs_contact, next_due


@dataclass(frozen=True)
class NextStep:
    """``place``: the part of the case page where it is done; "sign" is done from the list itself."""

    slug: str
    label: str | Promise
    place: str = ""


SIGN = NextStep("sign", gettext_lazy("Sign"))
CONTACT = NextStep("contact", gettext_lazy("Contact first"), "first-contact")
REPLY = NextStep("reply", gettext_lazy("Reply"), "reply")
COMPLETE = NextStep("complete", gettext_lazy("Complete the reply"), "reply")
OPINION = NextStep("opinion", gettext_lazy("Give opinion"), "opinion")
SIGN_OFF = NextStep("sign_off", gettext_lazy("Check and sign off"), "sign-off")


def next_step(task: Assignment, *, is_leader: bool) -> NextStep | None:
    """What this person does next; ``None`` when another has the task in hand."""
    verbs = task.verbs()
    if "sign" in verbs:
        return SIGN
    if "sign_off" in verbs:
        return SIGN_OFF if is_leader else None
    if task.role == "assist":
        return OPINION
    if task.state == AssignmentState.FORMAT_RETURN:
        return COMPLETE
    return CONTACT if needs_contact(task) else REPLY


def workdays_left(now: datetime, due: datetime) -> int:
    """Working days until ``due``, today left out."""
    return remaining(now, due, calendar()).workdays


def tags(task: Assignment) -> list[tuple[str, str]]:
    """Words that change how a task is handled, each with its tone."""
    return [*of_case(task.case), *_of_task(task), *_of_requests(task)]


def of_case(case: Case) -> Iterator[tuple[str, str]]:
    """Those of the case, also while no unit has it."""
    if case.urgency != "normal":
        yield case.get_urgency_display(), "late"
    if case.secrecy != "normal":
        yield case.get_secrecy_display(), "late"
    if case.urge_count:
        words = ngettext("urged %(n)d time", "urged %(n)d times", case.urge_count)
        yield words % {"n": case.urge_count}, "soon"


def _of_task(task: Assignment) -> Iterator[tuple[str, str]]:
    if task.round > 1:
        yield _("rework, round %(n)d") % {"n": task.round}, "late"
    if task.state == AssignmentState.FORMAT_RETURN:
        yield _("sent back by the office"), "soon"
    if task.state == AssignmentState.IN_PROGRESS and task.review_note and task.submitted_by_id:
        yield _("sent back by the leader"), "soon"
    if task.first_contact_at and task.state == AssignmentState.IN_PROGRESS:
        yield _("first contact made"), "ok"


def _of_requests(task: Assignment) -> Iterator[tuple[str, str]]:
    if getattr(task, "return_waits", False):
        yield _("return asked"), "go"
    if getattr(task, "extension_waits", False):
        yield _("extension asked"), "go"
    if task.due_at > task.original_due_at:
        yield _("extended"), ""


def reason_first(task: Assignment, now: datetime) -> str:
    """Why this task comes first, in one sentence."""
    late = next_due(task) < now
    if task.state == AssignmentState.DISPATCHED:
        return (
            _("The time for signing is over. The handling time runs since the dispatch.")
            if late
            else _("It is not signed yet. The handling time runs since the dispatch.")
        )
    if late and needs_contact(task):
        return _("The citizen should have been contacted by now.")
    if late:
        return _("It is overdue. The hotline office sees it too.")
    if task.state == AssignmentState.FORMAT_RETURN:
        return _("The hotline office asks for more in the reply: %(note)s") % {
            "note": task.review_note
        }
    if task.case.urge_count:
        return _("Its time ends next, and the citizen has asked again.")
    return _("Its time ends next.")
