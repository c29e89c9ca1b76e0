"""Advice while typing: where does it go, and is it the same matter as an open one?

Never in the way: nothing here changes the form, and nothing is looked up for fewer than six letters. What the
operator chose and unticked stays chosen and unticked when advice comes again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cases.models import Category, Region, Unit, User
from cases.words import DemandType
from hotline.channels.forms.respondents import named_as_respondent
from hotline.desk.calls.forms import pick
from routing.advice.question import AdviceQuestion
from routing.advice.suggest import UnitSuggestion, foremost, suggest
from routing.dispatching.dispatch import to_whom
from routing.rules.hazards import HazardFound, hazard_in
from routing.rules.towns import town_name
from search.likeness.similar import LikenessAsked, Similar, similar_cases

ENOUGH = 6
SHOWN = 4
SUGGESTED = 3


@dataclass(frozen=True)
class Assistant:
    """A unit that would assist: it goes along unless it is unticked. ``value``: both codes, ``lead/unit``."""

    unit: Unit
    value: str
    is_ticked: bool


@dataclass(frozen=True)
class UnitOffer:
    """A suggested unit, who would assist it, and the category of the entry it was found by (a path or "")."""

    suggestion: UnitSuggestion
    assistants: tuple[Assistant, ...]
    category: str
    is_chosen: bool

    @property
    def to(self) -> str:
        """Whom the form goes to, in words, when it goes to this one."""
        return to_whom(self.suggestion.unit, [one.unit for one in self.assistants if one.is_ticked])


@dataclass(frozen=True)
class CallAdvice:
    """Suggested units with their reasons, best first; open cases that may be the same matter, with why.

    ``accused``: units that the caller complains about; neither they nor their lines are suggested.
    ``is_tied``: the first two are as likely, so a person chooses. ``is_by_hand``: a person did.
    ``hazard``: the danger of which the text speaks, for which urgent is proposed.
    """

    offers: Sequence[UnitOffer] = ()
    similar: Sequence[Similar] = ()
    accused: tuple[Unit, ...] = ()
    is_tied: bool = False
    is_by_hand: bool = False
    hazard: HazardFound | None = None

    @property
    def chosen(self) -> UnitOffer | None:
        """The one that is ticked."""
        return next((one for one in self.offers if one.is_chosen), None)


def advice_for(typed: Mapping[str, str], user: User, at: datetime) -> CallAdvice:
    """Advice on what is typed so far (form field name → text)."""
    text = " ".join(typed.get(name, "") for name in ("title", "content", "address")).strip()
    hazard = hazard_in(" ".join([text, typed.get("request", "")]))
    if len(text) < ENOUGH:
        return CallAdvice(hazard=hazard)
    accused = named_as_respondent(typed.get("respondent", ""))
    category = pick(Category.objects.all(), typed.get("category", ""))
    region = pick(Region.objects.all(), typed.get("region", ""))
    question = AdviceQuestion(
        text=text,
        at=at,
        category=category.code if category else "",
        region=region.code if region else "",
        town=town_name(region),
        channel="phone",
        demand_type=typed.get("demand_type") or "help",
        urgency=typed.get("urgency") or "normal",
        accused=frozenset(unit.pk for unit in accused),
        is_kept=bool(typed.get("is_secret")) or typed.get("demand_type") == DemandType.REPORT,
    )
    asked = LikenessAsked.by_phone(
        text, typed.get("phone", ""), address=typed.get("address", "").strip(), region=region
    )
    similar = similar_cases(asked, user, limit=SHOWN)
    found = _offered(suggest(question, at=at), typed)
    return replace(found, similar=similar, accused=accused, hazard=hazard)


def _offered(suggestions: Sequence[UnitSuggestion], typed: Mapping[str, str]) -> CallAdvice:
    """The suggestions with what the operator chose among them: by hand, or the foremost one."""
    first, by_hand = foremost(suggestions), typed.get("suggested", "") if typed.get("chose") else ""
    code = by_hand or (first.unit.code if first else "")
    if typed.get("lead", "").strip():  # another unit is named beside them
        code = ""
    paths, left_out = _paths(suggestions), typed.get("left_out", "").split()
    offers = [
        UnitOffer(
            suggestion=one,
            assistants=tuple(
                Assistant(unit, value, value not in left_out)
                for unit in one.assisting
                for value in [f"{one.unit.code}/{unit.code}"]
            ),
            category=paths.get(one.category, ""),
            is_chosen=one.unit.code == code,
        )
        for one in suggestions[:SUGGESTED]
    ]
    is_tied = bool(suggestions) and first is None
    return CallAdvice(offers, is_tied=is_tied, is_by_hand=bool(by_hand))


def _paths(suggestions: Sequence[UnitSuggestion]) -> dict[str, str]:
    """Categories that suggestions were found by and one may choose: code to path; one query or none."""
    codes = {one.category for one in suggestions} - {""}
    if not codes:
        return {}
    leaves = Category.objects.filter(is_active=True, code__in=codes)
    return dict(leaves.exclude(children__is_active=True).values_list("code", "path"))
