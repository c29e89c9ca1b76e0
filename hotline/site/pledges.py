"""What the office promises, said from its clocks' own policy: a page cannot promise anything else."""

from datetime import datetime

from django.utils.translation import ngettext

from cases.clocks.in_force import policy_for
from cases.clocks.policy import NoPolicy, PolicyFacts
from cases.clocks.term import Term, TermUnit


def pledge(channel: str, clock: str, at: datetime, demand_type: str = "") -> str:
    """The length of a clock in words, "7 working days"; empty when no policy sets one."""
    facts = PolicyFacts(
        channel=channel,
        demand_type=demand_type,
        category_code="",
        urgency="normal",
        source_level="county",
    )
    try:
        return say(policy_for(facts, at).term(clock))
    except NoPolicy:
        return ""


def say(term: Term) -> str:
    """A term in words."""
    n = term.amount
    words = {
        TermUnit.WORKDAYS: ngettext("%(n)d working day", "%(n)d working days", n),
        TermUnit.DAYS: ngettext("%(n)d day", "%(n)d days", n),
        TermUnit.WORKING_HOURS: ngettext("%(n)d working hour", "%(n)d working hours", n),
        TermUnit.HOURS: ngettext("%(n)d hour", "%(n)d hours", n),
        TermUnit.MINUTES: ngettext("%(n)d minute", "%(n)d minutes", n),
    }
    return words[term.unit] % {"n": n}
