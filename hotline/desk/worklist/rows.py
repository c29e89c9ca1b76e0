"""The rows of the list as HTML, made here and not in a template.

Fifty rows of some thirty template nodes took longer than all queries of the page together; every
value still goes through ``format_html``, which escapes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cases.templatetags.parts import clock, state
from cases.words import AssignmentRole, DemandType

ROW = (
    '<tr><td>{}</td><td class="what"><div class="clip">{}<a href="{}" title="{}">{}</a></div>'
    '<p class="s muted clip">{} <span class="n">#{}</span></p>{}</td><td>{}</td>'
    '<td class="go">{}</td></tr>'
)
TICK = (
    '<input class="tick" type="checkbox" name="task" value="{}" form="signatures" checked '
    'aria-label="{}">'
)
SIGN = (
    '<form method="post" action="{}" data-once>'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<button class="{}">{}</button></form>'
)
PLACE = "0000000"  # stands for what differs in an address, so that it is looked up once a page


@dataclass
class Rows:
    """What all rows of one page share. ``ticks``: the tasks can be ticked for signing together."""

    request: HttpRequest
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

    def html(self, tasks: Iterable[Any]) -> SafeString:
        """Draw tasks that went through ``views.shown``."""
        return mark_safe("\n".join(map(self._row, tasks)))

    def _row(self, task: Any) -> str:
        case = task.case
        due = clock(
            task.clock_due,
            task.dispatched_at,
            self.now,
            workdays=task.workdays,
            label=task.clock_label,
            provisional=task.due_provisional,
        )
        url = self._case.replace(PLACE, case.number)
        tick = format_html(TICK, task.pk, case.title) if self.ticks else ""
        return format_html(
            ROW, due, tick, url, case.title, case.title, self._facts(task), case.number,
            _tags(task.tags), state(task), self._step(task, url),
        )  # fmt: skip

    def _facts(self, task: Any) -> str:
        """Place, type, lead or assisting, and the unit below when it is not the person's own."""
        case = task.case
        place = f"{case.region.name if case.region_id else ''}{case.address}"
        facts = [place, self._words[case.demand_type], self._words[task.role]]
        if task.unit_id != self.request.user.unit_id:
            facts.append(str(task.unit))
        return " · ".join(facts)

    def _step(self, task: Any, url: str) -> SafeString:
        """The next step as one button, filled when it presses."""
        if task.step is None:
            return _link(url, "btn", _("Look"))
        looks = "btn btn--main" if task.is_pressing else "btn"
        if task.step.slug != "sign":
            return _link(f"{url}#{task.step.place}", looks, task.step.label)
        address = self._signature.replace(PLACE, str(task.pk))
        return format_html(SIGN, address, self._token, looks, task.step.label)


def _link(url: str, looks: str, label: str | Promise) -> SafeString:
    return format_html('<a class="{}" href="{}">{}</a>', looks, url, label)


def _tags(tags: list[tuple[str, str]]) -> SafeString | str:
    if not tags:
        return ""
    tag = '<span class="tag{}">{}</span>'
    drawn = ((f" tag--{tone}" if tone else "", words) for words, tone in tags)
    return format_html('<p class="tags">{}</p>', format_html_join("", tag, drawn))
