"""What the right column says about one case: units with reasons and loads, the deadline, its count."""

from dataclasses import dataclass, replace
from datetime import datetime

from cases.clocks.policy import PolicyFacts
from cases.lifecycle.classing import Classing
from cases.models import Case
from routing.advice.load import Load, loads
from routing.advice.question import AdviceQuestion
from routing.advice.returned import Returned
from routing.advice.suggest import UnitSuggestion, suggest
from routing.desk.deadline import Promise, promise
from routing.rules.towns import town_name


@dataclass(frozen=True)
class Option:
    """A suggested unit and what it has in hand."""

    suggestion: UnitSuggestion
    load: Load


@dataclass(frozen=True)
class DispatchAdvice:
    """Units, best first, and what is promised when the case is sent now."""

    options: tuple[Option, ...]
    promise: Promise

    @property
    def suggestions(self) -> list[UnitSuggestion]:
        """As ``dispatch_case`` takes them."""
        return [option.suggestion for option in self.options]


def advise(case: Case, returned: Returned, now: datetime, facts: Classing) -> DispatchAdvice:
    """Advice by the class in ``facts`` where it is given, else by that of the case."""
    suggestions = suggest(_question(case, returned, facts), at=now)
    named = returned.suggestion(case)
    if named:
        suggestions = [named, *(one for one in suggestions if one.unit.pk != named.unit.pk)]
    found = loads([one.unit.pk for one in suggestions], now)
    options = tuple(Option(one, found[one.unit.pk]) for one in suggestions)
    return DispatchAdvice(options, promise(_policy_facts(case, facts), now))


def _question(case: Case, returned: Returned, facts: Classing) -> AdviceQuestion:
    asked = AdviceQuestion.of(case, returned.unit_ids)
    if not facts:
        return asked
    category, region = facts["category"], facts["region"] or case.region
    return replace(
        asked,
        category=category.code if category else "",
        region=region.code if region else "",
        town=town_name(region),
        urgency=facts["urgency"] or case.urgency,
        demand_type=facts["demand_type"] or case.demand_type,
    )


def _policy_facts(case: Case, facts: Classing) -> PolicyFacts:
    category = facts.get("category") or case.category
    return PolicyFacts(
        channel=case.channel,
        demand_type=facts.get("demand_type") or case.demand_type,
        category_code=category.code if category else "",
        urgency=facts.get("urgency") or case.urgency,
        source_level=case.source_level,
    )
