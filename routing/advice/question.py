"""A matter for which a unit is sought, and who must not be among those proposed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone

from cases.models import Case
from cases.people.models.unit import whole_tree
from cases.words import Secrecy
from routing.accused.proposing import Names, joined
from routing.rules import matching
from routing.rules.towns import town_name
from search.words.folding import fold


@dataclass(frozen=True)
class AdviceQuestion:
    """A matter, saved or not. ``text``: title and content; ``at``: the citizen's moment (aware)."""

    text: str
    at: datetime
    category: str = ""
    region: str = ""
    town: str = ""
    channel: str = ""
    urgency: str = ""
    demand_type: str = ""
    said: str = ""  # words that may name whom it is about, while no unit is settled
    accused: frozenset[int] = frozenset()  # units complained about
    is_kept: bool = False  # the citizen stays unknown: no more units than a person chooses
    recused: frozenset[int] = frozenset()  # all in their lines
    without: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, case: Case, without: Collection[int] = ()) -> "AdviceQuestion":
        """The matter of a case; ``without``: ids of units that already gave it back."""
        region = case.region if case.region_id else None
        return cls(
            text=f"{case.title}\n{case.content}",
            at=case.contact_at,
            category=case.category_code,
            region=region.code if region else "",
            town=town_name(region),
            channel=case.channel,
            urgency=case.urgency,
            demand_type=case.demand_type,
            said=_said(case),
            accused=case.accused_ids,
            is_kept=case.secrecy != Secrecy.NORMAL,
            without=frozenset(without),
        )

    def presuming(self, names: Names) -> "AdviceQuestion":
        """The same where no unit is settled whom it is about: whoever those words name may be."""
        named = frozenset(one.unit.pk for one in names.proposed(self.said))
        return replace(self, accused=self.accused | named)

    def facts(self) -> matching.MatterFacts:
        """What rules may ask about it."""
        return matching.MatterFacts(
            text=fold(self.text),
            category=self.category,
            region=self.region,
            channel=self.channel,
            urgency=self.urgency,
            demand_type=self.demand_type,
            clock=timezone.localtime(self.at).time(),
        )


def _said(case: Case) -> str:
    """All it says while that is open; the citizen's own answer where it is settled as none of ours."""
    if case.is_respondent_open:
        return joined(case.respondent_text, case.title, case.content)
    return case.respondent_text if case.is_respondent_outside else ""


def recused(questions: Sequence[AdviceQuestion]) -> Sequence[AdviceQuestion]:
    """The same, each knowing its recused units: few queries, and only when somebody is complained about."""
    if any(one.said for one in questions):
        names = Names()
        questions = [one.presuming(names) if one.said else one for one in questions]
    units = whole_tree() if any(one.accused for one in questions) else None
    return (
        [replace(one, recused=units.recused_by(*one.accused)) for one in questions]
        if units
        else questions
    )
