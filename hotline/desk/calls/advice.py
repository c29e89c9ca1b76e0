"""Advice while typing: where does it go, and is it the same matter as an open one?

Never in the way: nothing here changes the form, and nothing is looked up for fewer than six letters.
"""

from dataclasses import dataclass
from datetime import datetime

from cases.models import Category, Region, Unit, User
from cases.words import DemandType
from hotline.channels.forms.respondents import named_as_respondent
from hotline.desk.calls.forms import pick
from routing.advice.question import AdviceQuestion
from routing.advice.suggest import UnitSuggestion, suggest
from routing.rules.towns import town_name
from search.likeness.similar import LikenessAsked, Similar, similar_cases

ENOUGH = 6
SHOWN = 4
SUGGESTED = 3


@dataclass(frozen=True)
class CallAdvice:
    """Suggested units with their reasons, best first; open cases that may be the same matter, with why.

    ``accused``: units that the caller complains about; neither they nor their lines are suggested.
    """

    suggestions: list[UnitSuggestion]
    similar: list[Similar]
    accused: tuple[Unit, ...] = ()


def advice_for(typed: dict[str, str], user: User, at: datetime) -> CallAdvice:
    """Advice on what is typed so far (form field name → text)."""
    text = " ".join(typed.get(name, "") for name in ("title", "content", "address")).strip()
    if len(text) < ENOUGH:
        return CallAdvice([], [])
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
    return CallAdvice(suggest(question, at=at)[:SUGGESTED], similar, accused)
