"""What a clerk has typed is kept while typing, for that clerk only, until it is handed in.

Handed in too late, because somebody else was first, it stays and is shown beside what happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.forms import Textarea
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models import Assignment, User
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import task_for
from cases.pages.request import StaffRequest
from cases.words import AssignmentState
from hotline.desk.casepage.identity import wording
from hotline.desk.casepage.task.forms import LONG, OpinionForm, ReplyForm
from hotline.desk.casepage.task.models.task_draft import TaskDraft

LABELS = {
    name: box.label or ""
    for form in (ReplyForm, OpinionForm)
    for name, box in form.base_fields.items()
    if isinstance(box.widget, Textarea)
}
FIELDS = ("public_reply", "internal_note", "solved", "fact_true", "unsolved_reason", "text")


@dataclass(frozen=True)
class DraftLeft:
    """What was not handed in: the task, when it was kept, label and text of each box written in."""

    task: Assignment
    saved_at: datetime
    texts: tuple[tuple[str | Promise, str], ...]


def draft_of(user: User, task: Assignment) -> TaskDraft | None:
    """The person's own unsent text on the task."""
    return TaskDraft.objects.filter(user=user.pk, assignment=task.pk).first()


def keep(
    user: User, task: Assignment, posted: Mapping[str, str], at: datetime, more: str = ""
) -> TaskDraft:
    """Keep what stands in the form; ``more`` is appended to the reply."""
    # PostgreSQL keeps no NUL, and losing the draft over one would lose all of it
    said = {name: posted[name].replace("\0", "")[:LONG] for name in FIELDS if name in posted}
    if more:
        said["public_reply"] = "\n".join(filter(None, [said.get("public_reply", ""), more]))
    saved, _created = TaskDraft.objects.update_or_create(
        assignment=task, user=user, defaults={"fields": said, "saved_at": at}
    )
    return saved


def left_of(user: User, task: Assignment) -> DraftLeft | None:
    """A draft on a task that takes none any more, in the words of the form; one query."""
    draft = draft_of(user, task)
    if draft is None:
        return None
    fields = wording.of_draft(user, task, draft.fields)
    texts = [(label, fields.get(name, "")) for name, label in LABELS.items()]
    written = tuple(one for one in texts if one[1].strip())
    return DraftLeft(task, draft.saved_at, written) if written else None


def forget(user: User, task: Assignment) -> None:
    """It was handed in; the draft has done its duty."""
    TaskDraft.objects.filter(user=user.pk, assignment=task.pk).delete()


@require_POST
@staff_view("assignment.reply")
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what stands in the form; ``quote`` appends the opinion of that assisting task.

    ``discard`` throws the draft away, also of a task that takes none any more.
    """
    rows = Assignment.objects.select_related("case")
    if "discard" in request.POST:
        task = task_for(request.user, pk, act="assignment.reply", rows=rows)
        forget(request.user, task)
        messages.success(request, _("The draft is thrown away."))
        return see_other("desk:case", task.case.number)
    rows = rows.filter(state__in=AssignmentState.AT_WORK)
    task = task_for(request.user, pk, act="assignment.reply", rows=rows)
    opinion, said = _opinion(task, request.POST.get("quote", "")), ""
    if opinion is not None:
        said = _("%(unit)s: %(text)s") % {"unit": opinion.unit_name, "text": opinion.internal_note}
    saved = keep(request.user, task, request.POST.dict(), timezone.now(), said)
    if request.headers.get("HX-Request") == "true" and opinion is None:
        return render(request, "desk/draft_saved.html", {"draft_saved_at": saved.saved_at})
    place = "opinion" if task.role == "assist" else "reply"
    return see_other("desk:case", task.case.number, tail=f"#{place}")


def _opinion(task: Assignment, quoted: str) -> Assignment | None:
    """The assisting task to be quoted: of the same case and round, for the lead unit only."""
    if task.role != "lead" or not quoted.isdecimal():
        return None
    others = task.case.assignments.held().filter(role="assist", round=task.round)
    return others.exclude(internal_note="").filter(pk=int(quoted)).first()
