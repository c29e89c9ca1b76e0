"""What a clerk has typed is kept while typing, for that clerk only, until it is handed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models import Assignment, User
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.finding import task_for
from cases.pages.request import StaffRequest
from cases.words import AssignmentState
from hotline.desk.casepage.task.forms import LONG
from hotline.desk.casepage.task.models.task_draft import TaskDraft

FIELDS = ("public_reply", "internal_note", "solved", "fact_true", "unsolved_reason", "text")


def draft_of(user: User, task: Assignment) -> TaskDraft | None:
    """The person's own unsent text on the task."""
    return TaskDraft.objects.filter(user=user.pk, assignment=task.pk).first()


def forget(user: User, task: Assignment) -> None:
    """It was handed in; the draft has done its duty."""
    TaskDraft.objects.filter(user=user.pk, assignment=task.pk).delete()


@require_POST
@staff_view("assignment.reply")
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what stands in the form; ``quote`` appends the opinion of that assisting task."""
    rows = Assignment.objects.filter(state__in=AssignmentState.AT_WORK).select_related("case")
    task = task_for(request.user, pk, act="assignment.reply", rows=rows)
    # PostgreSQL keeps no NUL, and losing the draft over one would lose all of it
    posted = {name: request.POST[name].replace("\0", "") for name in FIELDS if name in request.POST}
    fields = {name: said[:LONG] for name, said in posted.items()}
    opinion = _opinion(task, request.POST.get("quote", ""))
    if opinion is not None:
        said = _("%(unit)s: %(text)s") % {"unit": opinion.unit_name, "text": opinion.internal_note}
        fields["public_reply"] = "\n".join(filter(None, [fields.get("public_reply", ""), said]))
    saved, _created = TaskDraft.objects.update_or_create(
        assignment=task,
        user=request.user,
        defaults={"fields": fields, "saved_at": timezone.now()},
    )
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
