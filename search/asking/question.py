"""A question as a person put it: words, chosen values by their codes, dates, order.

It can be kept (saved searches, exports) because it names nothing by internal ids and finds nothing by
itself: whoever asks it again is answered within what they may see then. What holds a telephone number
is never kept and never stands in an address (``is_private``).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q

from cases.models import Category, Region, Unit
from cases.numbers.number import is_case_number
from cases.shapes import Payload
from search.engines.port import FACETS, Filters, Sort
from search.words.days import day_at_start
from search.words.query_language import parse

TOWN_CODE = 9  # digits
_DIGITS = re.compile(r"\d(?:[\s()+/.-]{0,2}\d){6,}")  # seven and more, however they are grouped
_GAP = re.compile(r"[\s()+/.-]*")
SHORTEST = 7  # digits of a telephone number
RECENT = 2000  # mobile numbers begin with 13 to 19
NOBODY = (0,)  # an id nothing has: a chosen value that does not exist finds nothing


def is_private(words: str) -> bool:
    """Whether the words look a person up by a number."""
    return bool(numbers_of(words))


def numbers_of(words: str) -> list[str]:
    """What may be somebody's number: a telephone field's, and seven digits that are no case number."""
    text, found = unicodedata.normalize("NFKC", words), []
    for name, value in parse(words).fields:
        if name == "phone":
            found.append(value)
        if name == "date" and not value.isdecimal():  # eight digits may have been meant otherwise
            text = text.replace(value, ";", 1)
    return found + [digits for digits in _DIGITS.findall(text) if _may_be_a_number(digits)]


def _may_be_a_number(digits: str) -> bool:
    """Whether grouped digits may be a telephone's: neither a case number nor days written as such.

    A day counts only where the run begins with it (138 2026-11-05 is a mobile number), and what follows
    the days only when it is short, apart, and no mobile number can begin as the year does.
    """
    if is_case_number(re.sub(r"\D", "", digits)):
        return False
    rest, is_apart, is_recent = digits, False, True
    while found := day_at_start(rest):
        day, end = found
        gap = _GAP.match(rest, end)
        is_recent &= day.year >= RECENT
        is_apart, rest = bool(gap and gap[0].isspace()), rest[gap.end() if gap else end :]
    few = len(re.sub(r"\D", "", rest)) < SHORTEST
    return bool(rest) and not (rest != digits and is_apart and is_recent and few)


@dataclass(frozen=True)
class Question:
    """What is asked. ``chosen``: facet to slugs, codes or months; an empty one asks everything."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.NEWEST

    @property
    def is_private(self) -> bool:
        """Whether it may stand in no address, log or table."""
        return is_private(self.words)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return parse(self.words).is_empty and not self.narrows

    @property
    def narrows(self) -> bool:
        """Whether anything beside the words is asked."""
        return bool(any(self.chosen.values()) or self.since or self.until)

    def values(self, facet: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        return tuple(self.chosen.get(facet, ()))

    def with_values(self, facet: str, values: tuple[str, ...]) -> "Question":
        """The same question with other values of one facet."""
        return replace(self, chosen={**self.chosen, facet: values})

    def filters(self) -> Filters:
        """As filters; units, categories and townships stand for everything below them."""
        return Filters(
            state=self.values("state"),
            unit=_ids(_units, self.values("unit")),
            category=_ids(_categories, self.values("category")),
            channel=self.values("channel"),
            demand_type=self.values("demand_type"),
            region=_ids(_places, self.values("region")),
            urgency=self.values("urgency"),
            overdue=self.values("overdue"),
            month=self.values("month"),
            since=self.since,
            until=self.until,
        )

    def address(self, **more: str) -> str:
        """The query of its address, with its ``?``."""
        return f"?{urlencode([*self.fields(), *more.items()])}"

    def fields(self) -> list[tuple[str, str]]:
        """Names and values of its address or form; what is not asked is left out."""
        parts = [("q", self.words)] if self.words else []
        parts += [(facet, value) for facet in FACETS for value in self.values(facet)]
        parts += [(name, f"{day}") for name, day in self.days().items()]
        parts += [("sort", self.sort.value)] if self.sort is not Sort.NEWEST else []
        return parts

    def days(self) -> dict[str, date]:
        """The first and last day that are asked for."""
        named = {"since": self.since, "until": self.until}
        return {name: day for name, day in named.items() if day}

    def as_json(self) -> Payload:
        """As it is kept."""
        return {
            "words": self.words,
            "chosen": {facet: list(self.values(facet)) for facet in FACETS if self.values(facet)},
            "sort": self.sort.value,
            **{name: day.isoformat() for name, day in self.days().items()},
        }

    @classmethod
    def from_json(cls, kept: Payload) -> "Question":
        """Read what ``as_json`` wrote."""
        day = {n: date.fromisoformat(kept[n]) for n in ("since", "until") if kept.get(n)}
        chosen = {f: tuple(values) for f, values in kept.get("chosen", {}).items() if f in FACETS}
        return cls(kept.get("words", ""), chosen, sort=Sort(kept.get("sort", "newest")), **day)


def _ids(find: Callable[[str], list[int]], codes: tuple[str, ...]) -> tuple[int, ...]:
    found = tuple(pk for code in codes for pk in find(code))
    return found or (NOBODY if codes else ())


def _units(code: str) -> list[int]:
    return [pk for unit in Unit.objects.filter(code=code) for pk in unit.tree_ids()]


def _categories(code: str) -> list[int]:
    return list(Category.objects.filter(code__startswith=code).values_list("pk", flat=True))


def _places(code: str) -> list[int]:
    """A township with its villages; the county's code means cases known no better than that."""
    inside = Q(code__startswith=code) if len(code) >= TOWN_CODE else Q(code=code)
    return list(Region.objects.filter(inside).values_list("pk", flat=True))
