"""The rows of the list as HTML, made here and not in a template.

Fifty rows of some thirty template nodes took longer than all queries of the page together, and the
general tools for escaping half of what was left: every text goes through ``html.escape`` here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cases.models import Assignment
from cases.pages.request import StaffRequest
from cases.templatetags.parts import clock, state
from cases.words import AssignmentRole, DemandType
from hotline.desk.worklist.row import TaskRow

if TYPE_CHECKING:
    from hotline.desk.worklist.todo import TaskListed

PLACE = "0000000"  # stands for what differs in an address, so that it is looked up once a page


@dataclass
class WorklistRows:
    """What all rows of one page share. ``ticks``: the tasks can be ticked for signing together."""

    request: StaffRequest
    now: datetime
    ticks: bool

    @cached_property
    def _case(self) -> str:
        return reverse("desk:case", args=[PLACE])

    @cached_property
    def _signature(self) -> str:
        return reverse("desk:task_signature", args=[1]).replace("/1/", f"/{PLACE}/")

    @cached_property
    def _token(self) -> str:
        return get_token(self.request)

    @cached_property
    def _words(self) -> dict[str, str]:
        """Words of types and parts, translated once."""
        return {str(one.value): str(one.label) for one in (*DemandType, *AssignmentRole)}

    @cached_property
    def _seen(self) -> dict[str, str]:
        """Markup of states and words of steps, each made once a page."""
        return {}

    def html(self, rows: Iterable[TaskRow]) -> SafeString:
        """Draw them."""
        return mark_safe("\n".join(map(self._row, rows)))

    def _row(self, row: TaskRow) -> str:
        task, case = row.task, row.task.case
        due = clock(
            row.due,
            task.dispatched_at,
            self.now,
            workdays=row.workdays,
            label=row.clock,
        )
        url, title = escape(self._case.replace(PLACE, case.number)), escape(case.title)
        if task.state not in self._seen:
            self._seen[task.state] = state(task)
        return (
            f'<tr><td>{due}</td><td class="what"><div class="clip">{self._tick(task, title)}'
            f'<a href="{url}" title="{title}">{title}</a></div>'
            f'<p class="s muted clip">{self._facts(task)} <span class="n">#{escape(case.number)}'
            f"</span></p>{_tags(row.tags)}</td><td>{self._seen[task.state]}</td>"
            f'<td class="go">{self._step(row, url)}</td></tr>'
        )

    def _tick(self, task: Assignment, title: str) -> str:
        if not self.ticks:
            return ""
        return (
            f'<input class="tick" type="checkbox" name="task" value="{task.pk}" '
            f'form="signatures" checked aria-label="{title}">'
        )

    def _facts(self, task: "TaskListed") -> str:
        """Place, type, lead or assisting, and the unit below when it is not the person's own."""
        case = task.case
        place = f"{task.region_name or ''}{case.address}"
        facts = [place, self._words[case.demand_type], self._words[task.role]]
        if task.unit_id != self.request.user.unit_id:
            facts.append(task.unit_short or task.unit_full)
        return escape(" · ".join(facts))

    def _step(self, row: TaskRow, url: str) -> str:
        """The next step as one button, filled when it presses."""
        if row.step is None:
            return _link(url, "btn", self._said("", _("Look")))
        looks = "btn btn--main" if row.is_pressing else "btn"
        label = self._said(row.step.slug, row.step.label)
        if row.step.slug != "sign":
            return _link(f"{url}#{row.step.place}", looks, label)
        address = self._signature.replace(PLACE, str(row.task.pk))
        return (
            f'<form method="post" action="{address}" data-once>'
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{self._token}">'
            f'<button class="{looks}">{label}</button></form>'
        )

    def _said(self, slug: str, label: str | Promise) -> str:
        name = f"step {slug}"
        if name not in self._seen:
            self._seen[name] = escape(str(label))
        return self._seen[name]


def _link(url: str, looks: str, label: str) -> str:
    """A button; address and label are escaped already."""
    return f'<a class="{looks}" href="{url}">{label}</a>'


def _tags(tags: list[tuple[str, str]]) -> str:
    if not tags:
        return ""
    drawn = "".join(
        f'<span class="tag{f" tag--{tone}" if tone else ""}">{escape(str(words))}</span>'
        for words, tone in tags
    )
    return f'<p class="tags">{drawn}</p>'
