"""Is the complaint about the unit it is about to go to? Asked once, before a person sends it there.

Most complaints go to the unit that they name because it is the one responsible; some are about that very
unit, and nobody said so. Only a person can tell, so whatever sends a complaint passes here: the desk, the
operator, a rework. Whatever sends by itself leaves such a case to the desk. Source: `domain.md` §2.7.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.models import Case, Unit
from cases.people.person import Person
from routing.accused.proposing import AccusedProposal, Names, is_asked

YES, NO = "yes", "no"
MOST = 20  # units of one answer


class Unasked(Refused):
    """Nobody said yet whether the complaint is about ``proposals``; nothing was done."""

    def __init__(self, proposals: list[AccusedProposal]) -> None:
        names = "、".join(str(one.unit) for one in proposals)
        is_named = all(one.words for one in proposals)
        said = (
            _("The text names %(units)s. First say whether the complaint is about it.")
            if is_named
            else _("First say whether the report is about %(units)s, or somebody who works there.")
        )
        super().__init__(said % {"units": names})
        self.proposals = proposals


@dataclass(frozen=True)
class Answer:
    """What a person answered. ``asked``: the units they were asked about; ``accused``: those ticked."""

    word: str = ""
    asked: tuple[Unit, ...] = ()
    accused: tuple[Unit, ...] = ()

    @classmethod
    def of(cls, posted: QueryDict) -> "Answer":
        """Read the answer that came with a form; no query when there was no question."""
        word = posted.get("about", "")
        if word not in {YES, NO}:
            return cls()
        codes = {name: posted.getlist(name)[:MOST] for name in ("asked", "accused")}
        units = Unit.objects.filter(code__in=[*codes["asked"], *codes["accused"]], is_active=True)
        found = {unit.code: unit for unit in units}
        asked, accused = (
            tuple(found[code] for code in dict.fromkeys(codes[name]) if code in found)
            for name in ("asked", "accused")
        )
        return cls(word, asked, accused)

    @property
    def not_about(self) -> tuple[Unit, ...]:
        """The units that only handle the matter, in the person's word."""
        return self.asked if self.word == NO else ()

    @property
    def settled(self) -> tuple[Unit, ...]:
        """The units that are complained about; raises ``Refused`` for a yes that names none."""
        if self.word != YES:
            return ()
        if not self.accused:
            raise Refused(_("Tick the unit that is complained about."))
        return self.accused


def must_be_asked(
    case: Case,
    units: Sequence[Unit],
    not_about: Collection[Unit] | None,
    *,
    was: str = "",
    by: Person,
    at: datetime,
) -> None:
    """Raise ``Unasked`` unless it was answered; keep the answer of now.

    ``not_about``: units of which the person just said that they only handle it; ``None``: of all named.
    ``was``: the type it had until now; a question that nobody answered does not end with it.
    """
    if not is_asked(case, was):
        return
    open_ones = Names().unasked(case, units)
    cleared = [one.unit for one in open_ones if not_about is None or one.unit in not_about]
    if len(cleared) < len(open_ones):
        raise Unasked([one for one in open_ones if one.unit not in cleared])
    if cleared:
        case.deny_respondent(units=cleared, by=by, at=at)
