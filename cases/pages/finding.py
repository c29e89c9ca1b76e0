"""The case, task or request that an address names, for one person; else 404, whatever the reason is.

What somebody may not know of, or may not do what they came for with, is answered like what does not exist.
Other rows are found by ``get_object_or_404`` among those that the person may see.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404

from cases.lifecycle.models.assignment import Assignment, AssignmentQuerySet
from cases.lifecycle.models.case import Case, CaseQuerySet
from cases.lifecycle.models.request import Request, RequestQuerySet
from cases.people.models.staff import User
from cases.people.permissions import Concerning, may
from cases.people.sight import stands_in


def case_for(user: User, number: str, *, act: str = "", rows: CaseQuerySet | None = None) -> Case:
    """The case of that number. ``act``: what the person must be allowed to do with it.

    ``rows``: what is read along, and among which it is looked for; all cases otherwise.
    """
    seen = (Case.objects.all() if rows is None else rows).visible_to(user)
    case = get_object_or_404(seen, number=number)
    _allow(user, act, case)
    return case


def task_for(
    user: User, pk: int, *, act: str = "", rows: AssignmentQuerySet | None = None
) -> Assignment:
    """The task, in the same way."""
    seen = (Assignment.objects.all() if rows is None else rows).visible_to(user)
    task = get_object_or_404(seen, pk=pk)
    _allow(user, act, task)
    return task


def request_for(
    user: User, pk: int, *, act: str = "", rows: RequestQuerySet | None = None
) -> Request:
    """The request, on a task that the person may see, in the same way."""
    seen = stands_in(Assignment.objects.visible_to(user), "assignment")
    every = Request.objects.all() if rows is None else rows
    asked = get_object_or_404(every.filter(seen).select_related("assignment__case"), pk=pk)
    _allow(user, act, asked)
    return asked


def _allow(user: User, act: str, subject: Concerning) -> None:
    if act and not may(user, act, subject):
        raise Http404
