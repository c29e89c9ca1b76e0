"""Which rule and which catalogue entries fit a matter: pure, total, deterministic (C1, C2).

Source: 国办函〔2025〕66号 (五), precise dispatch by a catalogue; `domain.md` §2.1 (4). A rule has a
closed set of conditions, all of which must hold; an empty one holds always; the first rule of the
order wins. Texts and words are compared as they are given: the caller folds both. No Django.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time

EXACT, BRANCH, WORDS_ONLY = "exact", "branch", "words"
EXACT_SCORE, BRANCH_SCORE, BASE_SCORE = 0.60, 0.40, 0.10
WORD_SCORE, WORDS_COUNTED, LEAST_SCORE, BEST_SCORE = 0.12, 3, 0.34, 0.90
TOWN = "@town"  # in place of a unit's code: the unit of the township of the place
TOWN_LENGTH = 9  # digits of a township's code (GB/T 10114)
BRANCH_LENGTH = 4  # two levels of the category tree: 0101 供水


@dataclass(frozen=True)
class MatterFacts:
    """What is known of a matter; empty means not known yet. ``clock``: local time of the contact."""

    text: str = ""
    category: str = ""
    region: str = ""
    channel: str = ""
    urgency: str = ""
    demand_type: str = ""
    clock: time | None = None


@dataclass(frozen=True)
class Hours:
    """A span of the day, from ``start`` to before ``end``; it may pass midnight."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> "Hours":
        """Read "20:00-06:00"; raises ``ValueError`` for anything else, an empty span included."""
        start, dash, end = text.partition("-")
        if not dash:
            raise ValueError(text)
        span = cls(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))
        if (
            span.start == span.end or span.start.tzinfo or span.end.tzinfo
        ):  # "06:00-07:00" has a zone
            raise ValueError(text)
        return span

    def hold(self, moment: time | None) -> bool:
        """Whether the span contains the moment; an unknown one it does not."""
        if moment is None:
            return False
        if self.start < self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True)
class RoutingRule:
    """One row of the rules. ``lead`` and ``assisting`` are unit codes or ``@town``."""

    key: int
    order: int
    name: str
    lead: str
    assisting: tuple[str, ...] = ()
    sentence: str = ""
    category: str = ""
    region: str = ""
    words: tuple[str, ...] = ()
    channel: str = ""
    urgency: str = ""
    demand_type: str = ""
    hours: Hours | None = None


@dataclass(frozen=True)
class Match:
    """The rule that fired, and which of its words was found."""

    rule: RoutingRule
    word: str = ""


@dataclass(frozen=True)
class RoutingEntry:
    """One row of the dispatch catalogue (派单目录)."""

    key: int
    number: str
    matter: str
    lead: str
    assisting: tuple[str, ...] = ()
    category: str = ""
    words: tuple[str, ...] = ()
    legal_basis: str = ""


@dataclass(frozen=True)
class RoutingHit:
    """An entry that fits: how its category does (exact, branch, words) and the words found."""

    entry: RoutingEntry
    score: float
    by: str
    words: tuple[str, ...] = ()


def matches(rules: Iterable[RoutingRule], facts: MatterFacts) -> Iterator[Match]:
    """Every rule that holds, in order: the next one serves where the first names no usable unit."""
    for rule in sorted(rules, key=lambda one: (one.order, one.key)):
        found = fits(rule, facts)
        if found is not None:
            yield found


def fits(rule: RoutingRule, facts: MatterFacts) -> Match | None:
    """The match of one rule, or ``None`` when a condition does not hold."""
    equal = (
        (rule.channel, facts.channel),
        (rule.urgency, facts.urgency),
        (rule.demand_type, facts.demand_type),
    )
    if any(wanted and wanted != given for wanted, given in equal):
        return None
    if not (facts.category.startswith(rule.category) and facts.region.startswith(rule.region)):
        return None
    if rule.hours is not None and not rule.hours.hold(facts.clock):
        return None
    if not rule.words:
        return Match(rule)
    word = next((one for one in rule.words if one in facts.text), None)
    return None if word is None else Match(rule, word)


def best_entries(
    entries: Iterable[RoutingEntry], facts: MatterFacts, limit: int = 3
) -> Sequence[RoutingHit]:
    """The entries that fit best, best first; equal ones by their number."""
    hits = [hit for entry in entries if (hit := score(entry, facts)) is not None]
    return sorted(hits, key=lambda hit: (-hit.score, hit.entry.number))[:limit]


def score(entry: RoutingEntry, facts: MatterFacts) -> RoutingHit | None:
    """How well an entry fits, between 0 and 0.9, or ``None`` when not enough speaks for it.

    The category counts most, each of up to three words a little; words alone need two. An entry
    for the town cannot be used while the place is not known.
    """
    if entry.lead == TOWN and len(facts.region) < TOWN_LENGTH:
        return None
    by, base = _category(entry.category, facts.category)
    words = tuple(word for word in entry.words if word in facts.text)
    total = round(min(base + WORD_SCORE * min(len(words), WORDS_COUNTED), BEST_SCORE), 2)
    return RoutingHit(entry, total, by, words) if total >= LEAST_SCORE else None


def _category(entry: str, given: str) -> tuple[str, float]:
    if entry and entry == given:
        return EXACT, EXACT_SCORE
    near = entry.startswith(given) or given.startswith(entry)
    if near and min(len(entry), len(given)) >= BRANCH_LENGTH:
        return BRANCH, BRANCH_SCORE
    return WORDS_ONLY, BASE_SCORE
