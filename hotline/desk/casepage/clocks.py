"""The clocks across the top of a case, and how a deadline was worked out, day by day."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.clocks.counting import DueStep, remaining
from cases.clocks.due import explanation
from cases.clocks.in_force import calendar
from cases.clocks.words import policy_words
from cases.models import Assignment, Case
from cases.templatetags import timewords

LONGEST = 60  # steps shown; longer terms only say how many follow


@dataclass
class CaseClock:
    """One clock: running (``done`` None) or finished; ``is_next`` marks the nearest running one."""

    due: datetime | None
    start: datetime | None
    label: str
    done: datetime | None = None
    note: str = ""
    workdays: int | None = None
    is_next: bool = False


def shown(case: Case, task: Assignment | None) -> list[CaseClock]:
    """Unit, signature, first contact, promise to the citizen; before dispatch the office's own."""
    found = _of_task(task) if task else _of_office(case)
    if case.promise_due_at:
        found.append(
            CaseClock(
                case.promise_due_at,
                case.accepted_at,
                _("answered the citizen") if case.answered_at else _("promised to the citizen"),
                done=case.answered_at,
            )
        )
    now = timezone.now()
    for clock in found:
        if clock.due and not clock.done:
            clock.workdays = remaining(now, clock.due, calendar()).workdays
    running = [(clock.due, n) for n, clock in enumerate(found) if clock.due and not clock.done]
    if running and case.is_open:
        found[min(running)[1]].is_next = True
    return found


def _of_task(task: Assignment) -> list[CaseClock]:
    label = {"lead": _("lead unit's time"), "assist": _("assisting unit's time")}[task.role]
    clocks = [
        CaseClock(
            task.due_at,
            task.dispatched_at,
            _("Replied") if task.replied_at else label,
            done=task.replied_at,
            note=task.unit_name,
        ),
        CaseClock(
            task.sign_due_at,
            task.dispatched_at,
            _("Signed") if task.signed_at else _("sign"),
            done=task.signed_at,
            note=task.signed_by.name if task.signed_by else "",
        ),
    ]
    if task.contact_required:
        contacted = task.first_contact_at
        clocks.append(
            CaseClock(
                task.contact_due_at,
                task.dispatched_at,
                _("First contact made") if contacted else _("first contact"),
                done=contacted,
                note=task.get_first_contact_method_display() if contacted else "",
            )
        )
    return clocks


def _of_office(case: Case) -> list[CaseClock]:
    if case.accepted_at is None:
        return [CaseClock(case.intake_due_at, case.registered_at, _("acceptance"))]
    if case.dispatched_at is None and case.is_open:
        return [CaseClock(case.dispatch_due_at, case.accepted_at, _("dispatch"))]
    return []


@dataclass(frozen=True)
class Explained:
    """The sum: where the time began, each day, the result, what changed it since."""

    summary: str
    rows: list[tuple[str, str]]
    more: int
    later: str
    policy: str


def explained(task: Assignment) -> Explained:
    """Count the task's term again and say each step."""
    deadline = explanation(task)
    rows = [(_day(step), _said(step)) for step in deadline.steps]
    later = ""
    if task.due_at != task.original_due_at:
        later = _("Extended later: now until %(when)s.") % {
            "when": timewords.due_in_full(task.due_at)
        }
    words = _("Dispatched %(start)s, term %(term)s: until %(end)s.")
    return Explained(
        words
        % {
            "start": timewords.due_in_full(task.dispatched_at),
            "term": timewords.term_words(deadline.term),
            "end": timewords.due_in_full(task.original_due_at),
        },
        rows[:LONGEST],
        max(0, len(rows) - LONGEST),
        later,
        policy_words(task.policy_code),
    )


def _day(step: DueStep) -> str:
    return date_format(step.day, _("j M, D"))


def _said(step: DueStep) -> str:
    name = step.name or (_("weekend") if step.kind == "weekend" else _("not a working day"))
    sentences = {
        "start": _("the day of the dispatch is not counted"),
        "counted": _("day %(count)d"),
        "skipped": _("not counted: %(name)s"),
        "paused": _("not counted: the clock stood still"),
        "ran": _("%(count)d minutes"),
        "due": _("the last day; the time ends %(end)s"),
    }
    end = timewords.due_minute(step.ends) if step.ends else ""
    said = sentences[str(step.code)] % {"count": step.count, "name": name, "end": end}
    if step.kind == "make_up" and str(step.code) == "counted":
        said += _(" (worked in exchange for a holiday)")
    if step.is_assumed:
        said += _(" (calendar of that year not published yet)")
    return said
