"""Which deadline policy governs a case: pure, total, deterministic.

Rule: a policy fits when every condition it states holds and the day lies in its validity
(``valid_from`` included, ``valid_to`` excluded). Of those that fit the most specific wins. A
condition outweighs all that follow it in this order:

1. urgency - life and property come before any local arrangement;
2. source level - a higher platform's terms bind the county;
3. category - the longer prefix wins;
4. channel - a mailbox has its own promise;
5. type of demand.

Of equally specific ones the latest ``valid_from`` wins, then the highest ``id`` (a later version).
Source: deadlines differ by all of these from place to place, so they are data; the day asked for is
that of the act, so that a later policy never rewrites history.

Pure: no Django.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cases.clocks.term import Term

CLOCKS = frozenset(
    {
        "intake",
        "dispatch",
        "sign",
        "contact",
        "unit",
        "assist",
        "promise",
        "review",
        "callback",
        "rework",
        "return_window",
        "return_decision",
        "extension_max",
        "archive",
    }
)


class NoPolicy(LookupError):  # noqa: N818 - the contract's name
    """No deadline policy fits, or the one that fits sets no such term."""


@dataclass(frozen=True)
class PolicyFacts:
    """What a policy may ask about a case; empty when not known."""

    channel: str = ""
    demand_type: str = ""
    category_code: str = ""
    urgency: str = ""
    source_level: str = ""


@dataclass(frozen=True)
class Policy:
    """Terms and the conditions under which they hold; None asks nothing.

    Raises ``ValueError`` with a sentence for an unknown clock or an unreadable term.
    """

    id: int
    channel: str | None
    demand_type: str | None
    category_prefix: str | None
    urgency: str | None
    source_level: str | None
    valid_from: date
    valid_to: date | None
    terms: Mapping[str, str]
    code: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        unknown = sorted(set(self.terms) - CLOCKS)
        if unknown:
            raise ValueError(f"Policy {self.label}: there is no clock “{unknown[0]}”.")
        for clock, text in self.terms.items():
            try:
                Term.parse(text)
            except ValueError as error:
                raise ValueError(f"Policy {self.label}, {clock}: {error}") from error

    @property
    def label(self) -> str:
        """Name and version, as stored with what was computed by it."""
        return f"{self.code or self.id} v{self.version}"

    @property
    def specificity(self) -> tuple[bool, bool, int, bool, bool]:
        """Rank: the order of the module's docstring."""
        return (
            bool(self.urgency),
            bool(self.source_level),
            len(self.category_prefix or ""),
            bool(self.channel),
            bool(self.demand_type),
        )

    def fits(self, facts: PolicyFacts, on: date) -> bool:
        """Whether this policy may govern a case with these facts on that day."""
        asked = (
            (self.urgency, facts.urgency),
            (self.source_level, facts.source_level),
            (self.channel, facts.channel),
            (self.demand_type, facts.demand_type),
        )
        return (
            self.valid_from <= on
            and (self.valid_to is None or on < self.valid_to)
            and all(not wanted or wanted == found for wanted, found in asked)
            and facts.category_code.startswith(self.category_prefix or "")
        )

    def term(self, clock: str) -> Term:
        """Return the term of a clock; raises ``NoPolicy`` when this policy sets none."""
        try:
            return Term.parse(self.terms[clock])
        except KeyError:
            raise NoPolicy(f"Policy {self.label} sets no term for “{clock}”.") from None


def pick(policies: Iterable[Policy], facts: PolicyFacts, on: date) -> Policy:
    """Return the policy that governs; raises ``NoPolicy`` when none fits."""
    fitting = [policy for policy in policies if policy.fits(facts, on)]
    if not fitting:
        raise NoPolicy(f"No deadline policy fits {facts} on {on}.")
    return max(fitting, key=lambda p: (p.specificity, p.valid_from, p.id))
