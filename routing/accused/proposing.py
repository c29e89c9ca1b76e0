"""Which of our units a citizen complains about: meant by the words they chose, or named in their text.

Only proposals: a person settles it (``Case.name_respondent``). What a unit is called is in ``called``; the
office's synonyms count besides (住建局 is also 住房和城乡建设局).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cases.models import Case, Respondent, Unit, User
from cases.people.models.unit import whole_tree
from cases.people.recusal import Tree
from cases.secrecy.respondent import ASKED_OF
from cases.words import DemandType, UnitKind
from routing.accused.accusing import accuses
from routing.accused.called import Book, Called, plain
from search.asking.synonyms import groups

MOST = 4
MEANT_AT_ONCE = 6
SHORT_NAME = 2  # letters: may be a word
SEPARATORS = re.compile(r"[、，,；;/]|以及")
AND = re.compile(r"[和与及]")


@dataclass(frozen=True)
class AccusedProposal:
    """A unit and the words that name it. ``is_likely``: ticked for the person who settles it."""

    unit: Unit
    words: str
    is_likely: bool


@lru_cache(maxsize=2)  # made anew when a name or a synonym changes, for they are the key
def _book(units: tuple[Called, ...], said: tuple[tuple[str, tuple[str, ...]], ...]) -> Book:
    return Book(units, dict(said))


# Of everybody who works for a unit; folding them anew takes longer than reading
@lru_cache(maxsize=20_000)
def _plain(name: str) -> str:
    return plain(name)


def _people() -> list[tuple[str, int]]:
    """Names of the people of units, and their units: whoever reports a person means where they work."""
    of_units = User.objects.filter(is_active=True, unit__isnull=False)
    rows = of_units.exclude(unit__kind=UnitKind.OFFICE).values_list("name", "unit_id")
    return [(_plain(name), unit) for name, unit in rows.order_by("pk") if len(_plain(name)) > 1]


def _doubt(one: AccusedProposal) -> bool:
    return not one.is_likely


class Names:
    """The names of all units in use and of their people, read once for any number of texts: three queries."""

    def __init__(self) -> None:
        units = list(Unit.objects.filter(is_active=True).order_by("code"))
        self.units = {unit.pk: unit for unit in units}
        called: dict[int, Called] = {}
        for unit in sorted(units, key=lambda one: one.kind == "section"):
            above = called.get(unit.parent_id or 0) if unit.kind == "section" else None
            called[unit.pk] = Called(unit.pk, unit.name, unit.short_name, unit.kind, above)
        said = tuple((word, tuple(words)) for word, words in sorted(groups().items()))
        self.book = _book(tuple(called[unit.pk] for unit in units), said)
        self.people = _people()

    def proposed(self, text: str, most: int = MOST) -> list[AccusedProposal]:
        """Units named in the text, likely ones first, then as they stand in it."""
        found = sorted(self.book.mentions(text), key=lambda one: not one.is_likely)
        named = [AccusedProposal(self.units[one.key], one.words, one.is_likely) for one in found]
        there = {one.unit.pk for one in named if one.is_likely}
        told = plain(text)
        of_people = [
            AccusedProposal(self.units[unit], name, is_likely=len(name) > SHORT_NAME)
            for name, unit in self.people
            if unit in self.units and unit not in there and name in told
        ]
        whole = {one.unit.pk: one for one in sorted([*of_people, *named], key=_doubt, reverse=True)}
        return sorted(whole.values(), key=_doubt)[:most]

    def meant(self, text: str) -> list[Unit]:
        """Units whose names are all the text holds; empty when any part is not unmistakable."""
        found: dict[int, Unit] = {}
        for part in filter(None, (one.strip() for one in SEPARATORS.split(text))):
            keys = self._joined(part)
            if not keys:
                return []
            found |= {key: self.units[key] for key in keys}
        return list(found.values())[:MEANT_AT_ONCE]

    def _joined(self, part: str) -> list[int]:
        keys = self.book.meant(part)
        if len(keys) == 1:
            return keys
        for hit in AND.finditer(part):  # 和 may stand in a name: 住房和城乡建设局
            first, rest = self.book.meant(part[: hit.start()]), part[hit.end() :]
            if len(first) == 1 and (others := self._joined(rest)):
                return [*first, *others]
        return []

    def in_line(self, case: Case, units: Iterable[Unit]) -> list[AccusedProposal]:
        """Units that the case names and into whose line it goes when it goes to ``units``."""
        named = self.proposed(text_of(case), most=len(self.units))
        to = {unit.pk for unit in units}
        return [one for one in named if not to.isdisjoint(self.tree.recused_by(one.unit.pk))]

    def unasked(self, case: Case, units: Sequence[Unit]) -> list[AccusedProposal]:
        """The same without those of which somebody said something before: one query more.

        Of a report that is about none of ours each unit is asked about that it goes to, named or not: whoever
        is meant by “老张（收水费的）” mostly works where the matter would be handled.
        """
        named = self.in_line(case, units)
        if is_report_of_none(case):
            there = {one.unit.pk for one in named}
            named += [
                AccusedProposal(unit, "", is_likely=False) for unit in units if unit.pk not in there
            ]
        if not named:
            return []
        told = set(Respondent.objects.filter(case=case).values_list("unit_id", flat=True))
        return [one for one in named if one.unit.pk not in told]

    @cached_property
    def tree(self) -> Tree:
        """All units as they hang on each other; read when it is needed."""
        return whole_tree()


def joined(*texts: str) -> str:
    """Texts after each other; a stop keeps the end of one and the beginning of the next from being a word."""
    return "。\n".join(filter(None, texts))


def text_of(case: Case) -> str:
    """All that the citizen said, with whom it is about in their words."""
    return joined(case.respondent_text, case.title, case.content, case.request)


def is_report_of_none(case: Case) -> bool:
    """Whether wrongdoing is reported and somebody settled that none of our units did it."""
    is_report = case.demand_type == DemandType.REPORT
    return is_report and case.is_respondent_outside


def is_asked(case: Case, demand_type: str = "") -> bool:
    """Whether sending the case asks first if it is about a unit that its text names.

    Complaints and reports, what was one until now (``demand_type``: what it becomes), and whatever accuses;
    also where it is settled that none of ours is complained about. While that is open nothing is sent.
    """
    if case.is_respondent_open:
        return False
    return bool({demand_type, case.demand_type} & ASKED_OF) or accuses(text_of(case))


def meant(text: str) -> list[Unit]:
    """Return the units in use whose names this is, however spelt; empty if any word is not one."""
    return Names().meant(text) if text.strip() else []


def named_in(case: Case) -> list[AccusedProposal]:
    """Units that the texts of the case name and that are not settled yet."""
    found = Names().proposed(text_of(case))
    return [one for one in found if one.unit.pk not in case.accused_ids]
