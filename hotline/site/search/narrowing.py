"""Read a public question from the address, and offer what it can be narrowed or widened to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.privacy.unseen import without_unseen
from cases.words import Channel
from search.engines.port import Count, Sort
from search.public.asking import PublicFilters, PublicResult
from search.words.query_language import LONGEST, parse

PARAMETERS = {
    "kind": "kind",
    "channel": "channel",
    "category": "category",
    "unit": "unit",
    "month": "when",
}
LABELS: dict[str, str | Promise] = {
    "kind": gettext_lazy("What"),
    "channel": gettext_lazy("Came by"),
    "category": gettext_lazy("About"),
    "unit": gettext_lazy("Answered by"),
    "month": gettext_lazy("When"),
}
KINDS: dict[str, str | Promise] = {
    "letter": gettext_lazy("Letters and replies"),
    "guide": gettext_lazy("Guides and notices"),
}
MONTH = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
LONGEST_VALUE = 80


@dataclass(frozen=True)
class PublicAsked:
    """What is typed and chosen. ``is_fixed``: the page is about one kind and does not offer others."""

    text: str = ""
    filters: PublicFilters = field(default_factory=PublicFilters)
    sort: Sort = Sort.NEWEST
    page: int = 1
    is_fixed: bool = False

    @classmethod
    def read(cls, address: QueryDict, *, kind: str = "") -> Self:
        """Read the parameters; what cannot be meant is as if it were not there."""
        given = {name: _clean(address.get(key, "")) for name, key in PARAMETERS.items()}
        known = {"kind": KINDS, "channel": Channel.values}
        for name, values in known.items():
            given[name] = given[name] if given[name] in values else ""
        given["month"] = given["month"] if MONTH.fullmatch(given["month"]) else ""
        given["kind"] = kind or given["kind"]
        page = address.get("page", "")
        return cls(
            text=_clean(address.get("q", ""), LONGEST),
            filters=PublicFilters(**given),
            sort=Sort.RELEVANCE if address.get("sort") == Sort.RELEVANCE else Sort.NEWEST,
            page=int(page) if re.fullmatch(r"[1-9]\d{0,3}", page) else 1,
            is_fixed=bool(kind),
        )

    @property
    def has_words(self) -> bool:
        """Whether there is something to be relevant to."""
        return not parse(self.text).is_empty

    @property
    def has_filters(self) -> bool:
        """Whether anything is chosen that could be dropped."""
        fixed = self.filters.kind if self.is_fixed else ""
        return self.filters != PublicFilters(kind=fixed)

    @property
    def query(self) -> str:
        """The address of this question's first page."""
        given = {"q": self.text} if self.text else {}
        for name, key in PARAMETERS.items():
            value = getattr(self.filters, name)
            if value and not (name == "kind" and self.is_fixed):
                given[key] = value
        if self.sort is not Sort.NEWEST:
            given["sort"] = self.sort.value
        return f"?{urlencode(given)}"

    def sorted_by(self, sort: Sort) -> str:
        """The address of the same question in another order."""
        return replace(self, sort=sort).query

    @property
    def newest(self) -> str:
        """The address of the same, newest first."""
        return self.sorted_by(Sort.NEWEST)

    @property
    def relevance(self) -> str:
        """The address of the same, best match first."""
        return self.sorted_by(Sort.RELEVANCE)

    @property
    def plain(self) -> str:
        """The address of the words alone."""
        fixed = self.filters.kind if self.is_fixed else ""
        return replace(self, filters=PublicFilters(kind=fixed)).query


class Choice(NamedTuple):
    """One value of a menu: what is sent, what is read, how many there are, whether it is chosen."""

    value: str
    label: str
    found: int
    is_chosen: bool


class Menu(NamedTuple):
    """One filter: the parameter's name, its label and its values."""

    name: str
    label: str | Promise
    choices: list[Choice]
    is_chosen: bool


class WayOut(NamedTuple):
    """A question that does find something: its address, its sentence, how much it finds."""

    url: str
    said: str
    found: int


def _clean(text: str, longest: int = LONGEST_VALUE) -> str:
    return without_unseen(text.replace("\x00", "")).strip()[:longest]


def choices(asked: PublicAsked, result: PublicResult) -> list[Menu]:
    """The menus that would narrow the answer; what is chosen is always in its menu."""
    menus = []
    for name, key in PARAMETERS.items():
        chosen = getattr(asked.filters, name)
        if name == "kind" and asked.is_fixed:
            continue
        rows = list(_values(name, result.facets.get(name, ()), chosen))
        if chosen and chosen not in {row.value for row in rows}:
            rows.append(Choice(chosen, label(name, chosen), 0, is_chosen=True))
        if chosen or len(rows) > 1:
            menus.append(Menu(key, LABELS[name], rows, bool(chosen)))
    return menus


def _values(name: str, counts: Iterable[Count], chosen: str) -> Iterable[Choice]:
    if name != "month":
        for one in counts:
            said = one.label or label(name, one.value)
            yield Choice(one.value, said, one.count, one.value == chosen)
        return
    months = list(counts)
    for year in sorted({one.value[:4] for one in months}, reverse=True):
        inside = [one for one in months if one.value.startswith(year)]
        whole = sum(one.count for one in inside)
        yield Choice(year, label(name, year), whole, year == chosen)
        for one in inside if chosen.startswith(year) else ():
            yield Choice(one.value, label(name, one.value), one.count, one.value == chosen)


def label(name: str, value: str) -> str:
    """A value in words."""
    if name == "kind":
        return str(KINDS.get(value, value))
    if name == "channel":
        return str(Channel(value).label)
    if name == "month" and value:
        year, month = value[:4], value[5:]
        day = date(int(year), int(month or 1), 1)
        return date_format(day, "YEAR_MONTH_FORMAT" if month else _("Y"))
    return value


def ways(asked: PublicAsked, result: PublicResult) -> list[WayOut]:
    """Questions that do find something when this one does not."""
    found = []
    for way in result.ways:
        if way.word:
            other, said = replace(asked, text=way.word), _("Only “%(word)s”") % {"word": way.word}
        elif way.without == "all":
            found.append(WayOut(asked.plain, _("Without any filter"), way.count))
            continue
        else:
            if way.without == "kind" and asked.is_fixed:
                continue
            other = replace(asked, filters=replace(asked.filters, **{way.without: ""}))
            said = _("Without “%(filter)s”") % {"filter": LABELS[way.without]}
        found.append(WayOut(other.query, said, way.count))
    return found
