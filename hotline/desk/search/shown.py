"""The answer as the page shows it: addresses, facets, chosen filters, and ways out of an empty one."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cases.models import User
from cases.templatetags.parts import icon
from search.asking.finding import find
from search.asking.question import Question, is_private
from search.asking.suggesting import suggestions
from search.asking.wording import TITLES, WORDS, labels, month
from search.engines.port import FACETS, Count, Result

SHOWN_VALUES = 8  # of a facet; the rest behind "more"


@dataclass(frozen=True)
class SearchAsked:
    """A question and the key that stands for its words when they may not stand in an address."""

    question: Question
    key: str = ""

    def url(self, question: Question | None = None, **more: str) -> str:
        """The address of the first page of a question with the same words, or of this one."""
        wanted = question or self.question
        if self.key:
            return replace(wanted, words="").address(asked=self.key, **more)
        return wanted.address(**more)

    def hidden(self) -> list[tuple[str, str]]:
        """The filters as fields of a form."""
        return [(facet, value) for facet in FACETS for value in self.question.values(facet)]


@dataclass(frozen=True)
class FacetShown:
    """A facet: its title, the values in sight as links, those behind "more"."""

    title: str | Promise
    first: list[SafeString]
    rest: list[SafeString]


def facets(asked: SearchAsked, result: Result) -> list[FacetShown]:
    """The facets with their counts; what is chosen stays in sight."""
    shown = []
    for facet in FACETS:
        chosen = asked.question.values(facet)
        rows = [
            (count.value not in chosen, _value(asked, facet, count, count.value in chosen))
            for count in result.facets.get(facet, ())
        ]
        lines = [line for _is_other, line in sorted(rows, key=lambda row: row[0])]
        if lines:
            shown.append(FacetShown(TITLES[facet], lines[:SHOWN_VALUES], lines[SHOWN_VALUES:]))
    return shown


def _value(asked: SearchAsked, facet: str, count: Count, is_chosen: bool) -> SafeString:  # noqa: FBT001
    """One value of a facet as a link. A page has a hundred of them, so no template is asked."""
    return format_html(
        '<a href="{}"{}><span class="clip">{}{}</span><span class="n">{}</span></a>',
        asked.url(toggled(asked.question, facet, count.value)),
        mark_safe(' aria-current="true"') if is_chosen else "",
        icon("done") if is_chosen else "",
        _label(facet, count),
        f"{count.count:,}",
    )


def toggled(question: Question, facet: str, value: str) -> Question:
    """The question with one value chosen, or no longer."""
    values = question.values(facet)
    others = tuple(one for one in values if one != value)
    return question.with_values(facet, others if value in values else (*values, value))


def _label(facet: str, count: Count) -> str:
    if facet in WORDS:
        return str(WORDS[facet](count.value).label)
    if facet == "month":
        return month(count.value)
    return count.label or _("Unknown")


def chosen(asked: SearchAsked) -> list[dict[str, str]]:
    """Every filter in use: its words, and the address without it."""
    rows = []
    for facet in FACETS:
        values = asked.question.values(facet)
        for value, label in labels(facet, values).items() if values else ():
            without = asked.url(toggled(asked.question, facet, value))
            rows.append({"title": str(TITLES[facet]), "label": label, "url": without})
    if asked.question.days():
        days = asked.question
        label = f"{days.since or '…'} – {days.until or '…'}"
        without = asked.url(replace(days, since=None, until=None))
        rows.append({"title": _("Registered"), "label": label, "url": without})
    return rows


@dataclass(frozen=True)
class SearchWayOut:
    """A weaker question that finds something: what is dropped, how many it finds, its address."""

    label: str
    total: int
    url: str


def ways_out(asked: SearchAsked, user: User, at: datetime) -> list[SearchWayOut]:
    """What was meant perhaps, and what dropping a word, a filter or all filters would find.

    Only questions that find something within what the person sees. The words of a private question
    are left as they are.
    """
    question = asked.question
    found = []
    for one in suggestions(question.words, user, at=at, filters=question.filters()):
        if one.dropped:
            label, weaker = _without(question, one.dropped)
        elif asked.key or is_private(one.query):
            continue
        else:
            label, weaker = f"{one.label}: {one.query}", replace(question, words=one.query)
        found.append(SearchWayOut(str(label), one.total, asked.url(weaker)))
    if not question.narrows or not question.words:
        return found
    bare = Question(question.words, sort=question.sort)
    label = _("Without all filters")
    if total := find(bare.words, user, at=at).total:
        if total not in {way.total for way in found}:
            found.append(SearchWayOut(label, total, asked.url(bare)))
    elif not found:
        ways = ways_out(replace(asked, question=bare), user, at)
        found = [replace(way, label=f"{label} · {way.label}") for way in ways]
    return found


def _without(question: Question, dropped: str) -> tuple[str, Question]:
    if dropped in FACETS:
        label = _("Without “%(filter)s”") % {"filter": TITLES[dropped]}
        return label, question.with_values(dropped, ())
    label = _("Without the first day") if dropped == "since" else _("Without the last day")
    return label, replace(
        question,
        since=None if dropped == "since" else question.since,
        until=None if dropped == "until" else question.until,
    )
