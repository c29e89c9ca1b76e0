"""Try a text: which rule fires, which entries fit, what is suggested in the end, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from routing import matching
from routing.rulebook import read
from routing.suggest import Suggestion, entry_sentence, facts_typed, rule_sentence, suggest


@dataclass(frozen=True)
class Trial:
    """``fired``: the first rule; ``passed``: further ones that would hold had it not been first."""

    fired: matching.Match | None
    reason: str
    passed: tuple[matching.Rule, ...]
    entries: tuple[tuple[matching.Hit, str], ...]
    suggestions: tuple[Suggestion, ...]


def attempt(said: dict[str, Any], now: datetime) -> Trial:
    """Try the cleaned data of ``TryForm`` on the rules in force at ``now``."""
    at = now
    if said["clock"]:
        local = timezone.localtime(now)
        at = local.replace(hour=said["clock"].hour, minute=said["clock"].minute)
    question = facts_typed(
        said["text"],
        at=at,
        category=said["category"],
        region=said["region"],
        channel=said["channel"],
        urgency=said["urgency"],
        demand_type=said["demand_type"],
    )
    book, facts = read(timezone.localdate(now)), question.facts()
    fired = matching.first_match(book.rules, facts)
    holding = (rule for rule in book.rules if matching.fits(rule, facts))
    passed = tuple(rule for rule in holding if fired and rule.key != fired.rule.key)
    hits = matching.best_entries(book.entries, facts)
    return Trial(
        fired=fired,
        reason=rule_sentence(fired) if fired else "",
        passed=passed[:5],
        entries=tuple((hit, entry_sentence(hit)) for hit in hits),
        suggestions=tuple(suggest(question, at=now)),
    )
