"""Cases like this one: how it was solved before, and whether it is being handled twice.

The page never waits for or fails by them.
"""

from typing import Any

from cases.models import Case
from cases.people.permissions import scope_of
from cases.words import CaseState, Secrecy
from search.likeness.similar import LikenessAsked, Similar
from search.likeness.similar import similar_cases as alike

MOST = 4
WORDS = 400  # characters of the text that are compared


def similar_cases(user: Any, case: Case) -> list[Case]:
    """Up to four closed cases the person may see, the most alike first; each says why (``alike``)."""
    found = alike(_asked(case), user, states=CaseState.SOLVED, limit=MOST)
    return [_with(one) for one in _told(user, case, found)]


def twins(user: Any, case: Case) -> list[Case]:
    """Open cases the person may see that are probably this very matter; each says why (``alike``)."""
    if not case.is_open:
        return []
    found = alike(_asked(case), user, states=CaseState.OPEN, limit=MOST)
    return [_with(one) for one in _told(user, case, found) if one.is_duplicate]


def _told(user: Any, case: Case, found: list[Similar]) -> list[Similar]:
    """What may be told to be alike: to a unit nothing where either citizen stays unknown to it."""
    if scope_of(user).is_office:
        return found
    return [one for one in found if case.secrecy == one.case.secrecy == Secrecy.NORMAL]


def _asked(case: Case) -> LikenessAsked:
    return LikenessAsked(
        f"{case.title} {case.content[:WORDS]}",
        address=case.address,
        region=case.region,
        phone_hashes=case.petitioner.phone_hashes if case.petitioner else (),
        without=case.pk,
    )


def _with(one: Similar) -> Case:
    one.case.alike = one  # shown beside it
    return one.case
