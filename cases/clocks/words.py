"""A deadline policy in words: for which cases it is, not the code by which it is stored."""

from django.utils.translation import gettext as _

from cases.clocks.in_force import rules
from cases.clocks.policy import Policy
from cases.words import Channel, DemandType, SourceLevel, Urgency


def policy_words(label: str) -> str:
    """Say which cases the policy stored as ``label`` (“web-complaint v1”) is for; no query."""
    if not label:
        return ""
    found = next((one for one in rules().policies if one.label == label), None)
    if found is None:
        return _("a rule that is no longer in force")
    said = _(" · ").join(_conditions(found)) or _("matters without a rule of their own")
    if found.version > 1:
        said += _(" (version %(n)d)") % {"n": found.version}
    return said


def _conditions(policy: Policy) -> list[str]:
    asked = (
        (Urgency, policy.urgency),
        (SourceLevel, policy.source_level),
        (Channel, policy.channel),
        (DemandType, policy.demand_type),
    )
    said = [str(words(slug).label) for words, slug in asked if slug in words.values]
    if policy.category_prefix:
        said.append(_("category %(code)s") % {"code": policy.category_prefix})
    return said
