"""The list of a unit's open tasks: tabs by clock, one next step a row, what to do first."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.lifecycle import remaking
from cases.looks.looking import saw
from cases.models import Assignment
from cases.pages.access import staff_view
from cases.pages.request import StaffRequest
from cases.people.kept import duty_phone
from cases.people.permissions import may
from cases.templatetags.timewords import due_when
from hotline.desk import spreadsheet
from hotline.desk.worklist import clocks, steps
from hotline.desk.worklist.row import shown
from hotline.desk.worklist.rows import WorklistRows
from hotline.desk.worklist.sheet import rows_of
from hotline.desk.worklist.todo import Tab, on_paper, tabs_for, tasks_of, with_facts

PAGE = 50
SHEET_LIMIT = 5000


def _nothing_here(tab: Tab, first: Assignment | None, now: datetime) -> dict[str, str]:
    """Why the list is empty, and what comes next."""
    if first is None:
        return {
            "empty_why": _("Your unit has no open task."),
            "empty_next": _("New ones appear here as soon as they are dispatched to you."),
        }
    return {
        "empty_why": _("Nothing under “%(tab)s”.") % {"tab": tab.label},
        "empty_next": _("The next of all: %(title)s, %(when)s.")
        % {"title": first.case.title, "when": due_when(clocks.next_due(first), now)},
    }


def _chosen(request: StaffRequest, tabs: list[Tab]) -> Tab:
    slug = request.GET.get("tab")
    return next((tab for tab in tabs if tab.slug == slug), tabs[0])


@require_safe
@staff_view("assignment.reply")
def worklist(request: StaffRequest) -> HttpResponse:
    """Show the tasks of the person's unit, the most urgent first."""
    now, is_leader = timezone.now(), may(request.user, "assignment.sign_off")
    mine = tasks_of(request.user)
    tabs = tabs_for(request.user, now)
    request.counted = {"desk:worklist": (tabs[0].count, tabs[1].count > 0)}  # for the bar
    tab = _chosen(request, tabs)
    paginator = Paginator(with_facts(mine).filter(tab.rows), PAGE)
    paginator.count = tab.count  # counted with the tabs
    page = paginator.get_page(request.GET.get("page"))
    tasks = list(page)
    ticks = tab.slug == "unsigned" and bool(tasks)
    if tab.slug == "all" and page.number == 1:
        first = tasks[0] if tasks else None
    else:
        first = with_facts(mine).first()
    saw(by=request.user, at=now, lists={"tasks": len(tasks)})
    return render(
        request,
        "desk/worklist.html",
        {
            "now": now,
            "tabs": tabs,
            "tab": tab,
            "page": page,
            "rows": WorklistRows(request, now, ticks).html(
                shown(task, now, is_leader=is_leader) for task in tasks
            ),
            "can_sign_many": ticks,
            "first": shown(first, now, is_leader=is_leader) if first else None,
            **_nothing_here(tab, first, now),
            "first_reason": steps.reason_first(first, now) if first else "",
            "duty_phone": duty_phone(),
            "is_making": remaking.is_making(),
        },
    )


@require_safe
@staff_view("assignment.reply")
def sheet(request: StaffRequest) -> FileResponse:
    """The same tab as an Excel file; it names no citizen."""
    now = timezone.now()
    mine = tasks_of(request.user)
    tab = _chosen(request, tabs_for(request.user, now))
    tasks = list(on_paper(mine).filter(tab.rows)[:SHEET_LIMIT])
    saw(by=request.user, at=now, lists={"tasks_sheet": len(tasks)})
    name = f"tasks-{timezone.localtime(now):%Y%m%d-%H%M}.xlsx"
    return spreadsheet.answer(name, rows_of(tasks, now))
