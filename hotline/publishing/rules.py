"""What may be published, and in which words: consent, secrecy, a reply that was approved, nobody's name."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.models import Case
from cases.privacy.masking import left_over
from cases.words import CaseState, DemandType, Secrecy

LONGEST = 10_000


def names_of(case: Case) -> list[str]:
    """Everybody who brought the case, was introduced in it, or was said to tell who somebody is."""
    knowledge = case.knowledge()
    return [*knowledge.whole().names, *knowledge.identity.hide]


def secrets_of(case: Case) -> list[str]:
    """Names and numbers in clear, to be kept out of the text."""
    return [*names_of(case), *case.knowledge().known.numbers]


def publishable(case: Case) -> datetime:
    """When its reply was given; raises ``Refused`` with a sentence when it may not be published."""
    if not case.publish_consent:
        raise Refused(_("The citizen did not agree to publication."))
    is_secret = case.secrecy != Secrecy.NORMAL or case.demand_type == DemandType.REPORT
    if is_secret or case.is_test or case.is_void or case.merged_into_id:
        raise Refused(_("Confidential, secret, test and merged matters are not published."))
    if case.state not in CaseState.PUBLISHABLE or not case.answered_at:
        raise Refused(_("The reply is not approved, or is being worked on again."))
    return case.answered_at


def check(case: Case, title: str, letter: str, reply: str) -> None:
    """Raise ``Refused`` for a text that may not stand in public: empty, too long, or naming the citizen."""
    if not (title.strip() and letter.strip() and reply.strip()):
        raise Refused(_("Title, letter and reply are all needed."))
    if len(title) > 120 or max(len(letter), len(reply)) > LONGEST:  # noqa: PLR2004
        raise Refused(_("The text is too long to be published."))
    if left_over(title + letter + reply, secrets_of(case)):
        raise Refused(_("The citizen's name or number still stands in the text. Put ＊ for it."))
