"""Try a text: which rule fires, which entries fit, what is suggested in the end, and why."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from cases.models import Category, Region
from routing.advice.suggest import (
    UnitSuggestion,
    entry_sentence,
    facts_typed,
    rule_sentence,
    suggest,
)
from routing.rules import matching
from routing.rules.rulebook import read


@dataclass(frozen=True)
class Trial:
    """``fired``: the first rule; ``passed``: further ones that would hold had it not been first."""

    fired: matching.Match | None
    reason: str
    passed: tuple[matching.RoutingRule, ...]
    entries: tuple[tuple[matching.RoutingHit, str], ...]
    suggestions: tuple[UnitSuggestion, ...]


def attempt(
    text: str,
    *,
    now: datetime,
    category: Category | None,
    region: Region | None,
    channel: str,
    urgency: str,
    demand_type: str,
    clock: time | None,
) -> Trial:
    """Try what ``TryForm`` asks for on the rules in force at ``now``; ``clock``: when the citizen called."""
    at = now
    if clock:
        local = timezone.localtime(now)
        at = local.replace(hour=clock.hour, minute=clock.minute)
    question = facts_typed(
        text,
        at=at,
        category=category,
        region=region,
        channel=channel,
        urgency=urgency,
        demand_type=demand_type,
    )
    book, facts = read(timezone.localdate(now)), question.facts()
    holding = tuple(matching.matches(book.rules, facts))
    fired = holding[0] if holding else None
    hits = matching.best_entries(book.entries, facts)
    return Trial(
        fired=fired,
        reason=rule_sentence(fired) if fired else "",
        passed=tuple(match.rule for match in holding[1:6]),
        entries=tuple((hit, entry_sentence(hit)) for hit in hits),
        suggestions=tuple(suggest(question, at=now)),
    )
