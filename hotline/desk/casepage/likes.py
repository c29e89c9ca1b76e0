"""Cases like this one: how it was solved before, and whether it is being handled twice.

The page never waits for or fails by them.
"""

from typing import Any

from cases.models import Case
from cases.words import OPEN_STATES
from search.similar import Asked, Similar
from search.similar import similar_cases as alike

MOST = 4
SOLVED = ("closed", "archived", "answered")
WORDS = 400  # characters of the text that are compared


def similar_cases(user: Any, case: Case) -> list[Case]:
    """Up to four closed cases the person may see, the most alike first; each says why (``alike``)."""
    return [_with(one) for one in alike(_asked(case), user, states=SOLVED, limit=MOST)]


def twins(user: Any, case: Case) -> list[Case]:
    """Open cases the person may see that are probably this very matter; each says why (``alike``)."""
    if not case.is_open:
        return []
    found = alike(_asked(case), user, states=OPEN_STATES, limit=MOST)
    return [_with(one) for one in found if one.is_duplicate]


def _asked(case: Case) -> Asked:
    return Asked(
        f"{case.title} {case.content[:WORDS]}",
        address=case.address,
        region=case.region,
        phone_hashes=case.petitioner.phone_hashes if case.petitioner else (),
        without=case.pk,
    )


def _with(one: Similar) -> Case:
    one.case.alike = one  # shown beside it
    return one.case
