"""What the office promises, said from its clocks' own policy: a page cannot promise anything else."""

from datetime import datetime

from cases.clocks.in_force import policy_for
from cases.clocks.policy import NoPolicy, PolicyFacts
from cases.templatetags.timewords import term_words


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
        return term_words(policy_for(facts, at).term(clock))
    except NoPolicy:
        return ""
