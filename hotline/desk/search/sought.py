"""Whether a search is for a person: by number, by the last four digits, by what reads as a name.

Names of citizens are in no index, and in no text but where the rule did not find them. What reads as one
is told by the rule that takes names out of texts, so a few things (华为) count as names too.
"""

import re

from cases.looks.looking import Sought
from cases.privacy.crypto import mask_name, mask_phone
from cases.privacy.identity.names import looks_like_name
from cases.privacy.identity.surnames import COMMON, PLACES
from cases.privacy.phone import normalise
from search.asking.question import numbers_of
from search.words.query_language import parse

LONGEST = 40  # characters of all masks together
SHORT = 2  # of two letters only with a common family name: 陈立, not 井盖
_PLACE = re.compile(rf".*(?:{PLACES})")


def person_in(words: str, digits: str, found: int) -> Sought | None:
    """Masks of the people that ``words`` look for; ``digits``: what was taken for a telephone's."""
    numbers = [digits, *numbers_of(words)] if digits else numbers_of(words)
    names = [term.text for term in parse(words).terms if _is_name(term.text)]
    masks = [mask_phone(normalise(one)) for one in numbers] + [mask_name(one) for one in names]
    return Sought(" ".join(dict.fromkeys(masks))[:LONGEST], found) if masks else None


def _is_name(text: str) -> bool:
    if len(text) == SHORT and text[0] not in COMMON:
        return False
    return looks_like_name(text) and not _PLACE.fullmatch(text)
