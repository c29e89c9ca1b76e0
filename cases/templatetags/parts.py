"""Tags for the parts of every screen: ``{% load parts %}``.

``{% clock due start now %}`` · ``{% state case %}`` · ``{{ moment|when }}`` · ``{{ due|until }}``
· ``{{ n|grouped }}``
· ``{% rate n N %}`` · ``{% scale 93.4 80 100 90 %}`` · ``{% icon "late" %}``
· ``{% field form.x %}`` · ``{% choice form.x %}``
· ``{% heads _("When") _("Who") %}`` · ``{% fact _("Reason") one.reason "said" %}`` · ``{{ task|solved }}``
· ``{% nothing _("No case waits.") _("They appear here by themselves.") %}``.
Their markup stands in ``parts/*.html`` of the base templates.
"""

from datetime import datetime
from functools import cache
from html import escape
from typing import Protocol

from django import template
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.db.models import Model
from django.forms import BoundField, CheckboxInput
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cases.clocks.in_force import is_provisional
from cases.lifecycle.models.assignment import Assignment
from cases.numbers import number as case_numbers
from cases.privacy.handling import STANDS
from cases.shapes import Context
from cases.templatetags import timewords
from cases.words import AssignmentState, CaseState, RequestState

register = template.Library()

FEW = 30  # below this many a rate says so (domain.md §5.2: not ranked)
# slug of a state (of a case, a task, a request) -> icon of the sprite, tone of the style sheet
STATE_LOOKS = {
    CaseState.SUBMITTED: ("ok", "soon"),
    CaseState.ACCEPTED: ("ok", "soon"),
    CaseState.DISPATCHED: ("ok", "rest"),
    AssignmentState.SIGNED: ("go", "go"),
    CaseState.IN_PROGRESS: ("go", "go"),
    AssignmentState.AWAITING_SIGN_OFF: ("soon", "soon"),
    CaseState.UNDER_REVIEW: ("go", "go"),
    AssignmentState.REPLIED: ("done", "ok"),
    AssignmentState.FORMAT_RETURN: ("soon", "soon"),
    CaseState.CALLBACK: ("call", "go"),
    CaseState.DISSATISFIED: ("late", "late"),
    CaseState.REWORK: ("soon", "soon"),
    AssignmentState.REWORKED: ("rest", "rest"),
    CaseState.ANSWERED: ("done", "ok"),
    CaseState.CLOSED: ("done", "ok"),
    AssignmentState.DONE: ("done", "ok"),
    CaseState.ARCHIVED: ("done", "rest"),
    CaseState.REJECTED: ("rest", "rest"),
    CaseState.TRANSFERRED: ("rest", "rest"),
    AssignmentState.RETURNED: ("rest", "rest"),
    AssignmentState.RECALLED: ("rest", "rest"),
    RequestState.ASKED: ("ok", "soon"),
    RequestState.GRANTED: ("done", "ok"),
    RequestState.REFUSED: ("rest", "rest"),
    "approved": ("go", "go"),
    "made": ("done", "ok"),
    "failed": ("late", "late"),
    "expired": ("rest", "rest"),
}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw a shape of the sprite; its word stands beside it, so screen readers skip it."""
    return format_html(
        '<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-{}"/></svg>', name
    )


@register.simple_tag
def clock(
    due_at: datetime | None,
    start_at: datetime | None = None,
    now: datetime | None = None,
    **facts: object,
) -> SafeString:
    """Show a deadline: shape, word and colour. ``facts`` are those of ``timewords.read_clock``.

    A list draws fifty of them, so the markup stands here, with every text escaped by hand.
    """
    given: Context = {name: value for name, value in facts.items() if value not in (None, "")}
    moment = now or timezone.now()
    given["provisional"] = runs_provisionally(due_at, moment)
    read = timewords.read_clock(due_at, moment, start=start_at or None, **given)
    by = f'<span class="by">{escape(read.by)}</span>' if read.by else ""
    return mark_safe(
        f'<div class="clock clock--{read.tone}"><span class="left">{icon(read.icon)}'
        f"{escape(read.left)}</span>{by}</div>"
    )


@register.filter
def runs_provisionally(due_at: datetime | None, now: datetime) -> bool:
    """Whether a deadline to come may move when the working days of its year are published."""
    return due_at is not None and due_at > now and is_provisional(due_at)


class Stateful(Protocol):
    """What has a state and a word for it: a case, a task, a request, an export."""

    state: str

    def get_state_display(self) -> str:
        """The word."""


@cache
def _words(model: type[Model], name: str) -> dict[str, str | Promise]:
    """Lazy words of a field's choices; ``get_…_display`` translates all of them at each call."""
    field = model._meta.get_field(name)  # noqa: SLF001 - documented API
    return dict(getattr(field, "flatchoices", ()))


@register.filter
def word(thing: Model, name: str) -> str:
    """The word of a stored choice, as in ``{{ case|word:"channel" }}``: light enough for lists."""
    return str(_words(thing.__class__, name)[getattr(thing, name)])


@register.simple_tag
def state(thing: Stateful) -> SafeString:
    """Show the state of a case, a task or a request: icon, word and colour."""
    shape, tone = STATE_LOOKS[thing.state]
    is_stored = isinstance(thing, Model)
    word = _words(thing.__class__, "state")[thing.state] if is_stored else thing.get_state_display()
    return format_html('<span class="state state--{}">{}{}</span>', tone, icon(shape), word)


@register.filter
def stand_ins(text: str) -> SafeString:
    """Escape a text and mark what stands for a name, a number or a home (``cases.privacy.handling``)."""
    return mark_safe(STANDS.sub(r'<span class="standin">\g<0></span>', escape(text)))


@register.filter("when")
def written_when(moment: datetime | None, now: datetime | None = None) -> str:
    """Say a moment in local time, the year only when it is another; "" for none."""
    return timewords.when(moment, now or timezone.now()) if moment else ""


@register.filter
def until(due: datetime | None, now: datetime | None = None) -> str:
    """Say a deadline; the end of a day is 24:00; "" for none."""
    return timewords.due_when(due, now or timezone.now()) if due else ""


@register.filter("day")
def written_day(moment: datetime | None, now: datetime | None = None) -> str:
    """Say the local date of a moment; "" for none."""
    return timewords.day(moment, now or timezone.now()) if moment else ""


@register.filter("grouped")
def grouped_by_three(number: float | None) -> str:
    """Write a number in groups of three; "" for none."""
    return "" if number is None else f"{number:,}"


@register.filter
def number_groups(number: str) -> str:
    """A case number in the groups a person reads aloud."""
    return case_numbers.grouped(number)


@register.filter
def code_groups(code: str) -> str:
    """A query code in groups of three, three and four digits."""
    return f"{code[:3]} {code[3:6]} {code[6:]}".strip()


@register.filter
def as_minutes(seconds: float) -> int:
    """Turn seconds into whole minutes, rounded up."""
    return int(-(-seconds // 60))


@register.inclusion_tag("parts/rate.html")
def rate(n: int | None, total: int | None, *, say_few: bool = False) -> Context:
    """Show a rate with both its numbers; with nothing to count it says so instead of 0 %."""
    percent = f"{100 * n / total:.1f}%" if n is not None and total else None
    return {"percent": percent, "n": n, "total": total, "few": say_few and (total or 0) < FEW}


@register.inclusion_tag("parts/scale.html")
def scale(value: float | None, low: float, high: float, target: float | None = None) -> Context:
    """Draw ``value`` as a dot between ``low`` and ``high``; below ``target`` it is red."""

    def place(point: float | None) -> str | None:
        if point is None:
            return None
        return f"{100 * (min(max(point, low), high) - low) / (high - low):.1f}"

    below = value is not None and target is not None and value < target
    words = "—" if value is None else f"{value:.1f}%"
    return {"at": place(value), "target": place(target), "below": below, "words": words}


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, hint: str = "", *, wide: bool = False, **attrs: str | bool) -> Context:
    """Show a form field with label, mark of duty, hint, help and error.

    Further words become attributes of the input; write ``data_key`` for ``data-key``,
    which is printed beside the label.
    """
    tick = isinstance(bound.field.widget, CheckboxInput)
    attrs = {name.replace("_", "-"): value for name, value in attrs.items()}
    if not tick:
        own = bound.field.widget.attrs.get("class", "")
        attrs["class"] = f"input {own}".strip()
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=attrs),
        "must": bound.field.required,
        "hint": hint,
        "wide": wide,
        "tick": tick,
        "key": attrs.get("data-key", ""),
    }


@register.inclusion_tag("parts/field.html")
def choice(bound: BoundField, *, wide: bool = False) -> Context:
    """Show a field of radio buttons as one row of keys."""
    return {"field": bound, "must": bound.field.required, "wide": wide, "choice": True}


@register.inclusion_tag("parts/empty.html")
def nothing(why: str, then: str = "", url: str = "", act: str = "") -> dict[str, str]:
    """Say of an empty list why it is empty and what comes next, with a button ``act`` to ``url`` if given."""
    return {"why": why, "next": then, "url": url, "act": act}


@register.simple_tag
def heads(*words: str) -> SafeString:
    """Write the head of a table: a cell for each word, an empty one for "" (a column of buttons)."""
    return format_html(
        "<thead><tr>{}</tr></thead>", format_html_join("", "<th>{}</th>", ((one,) for one in words))
    )


@register.simple_tag
def fact(term: str, text: object, shape: str = "") -> SafeString:
    """Write one line of a list of facts (``<dl class="facts">``), nothing when there is no text.

    ``shape`` is a class of the style sheet: ``said`` and ``wrap`` for what people wrote, ``n`` for figures.
    """
    if text is None or text == "":
        return SafeString()
    classes = format_html(' class="{}"', shape) if shape else ""
    return format_html("<dt>{}</dt><dd{}>{}</dd>", term, classes, text)


@register.filter
def solved(task: Assignment | None) -> str:
    """Say whether the unit calls the matter solved, and why not; "" before it has said so."""
    if not task:
        return ""
    said: str = task.get_solved_display()
    return f"{said}: {task.unsolved_reason}" if task.unsolved_reason else said


@register.filter
def note_tone(message: Message) -> str:
    """Give the tone of a message: what went wrong is ``late``, what needs care ``soon``."""
    if message.level >= messages.ERROR:
        return "late"
    if message.level >= messages.WARNING:
        return "soon"
    return "ok"


@register.filter
def note_icon(tone: str) -> str:
    """Give the icon that goes with a tone."""
    return "done" if tone == "ok" else tone
