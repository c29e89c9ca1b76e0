"""Cases like this one: how it was solved before, and whether it is being handled twice.

The page never waits for or fails by them.
"""

from cases.models import Case, User
from cases.people.permissions import scope_of
from cases.words import CaseState, Secrecy
from search.likeness.similar import LikenessAsked, Similar
from search.likeness.similar import similar_cases as alike

MOST = 4
WORDS = 400  # characters of the text that are compared


def similar_cases(user: User, case: Case) -> list[Similar]:
    """Up to four closed cases the person may see, the most alike first; each says why."""
    found = alike(_asked(case), user, states=CaseState.SOLVED, limit=MOST)
    return _told(user, case, found)


def twins(user: User, case: Case) -> list[Similar]:
    """Open cases the person may see that are probably this very matter; each says why."""
    if not case.is_open:
        return []
    found = alike(_asked(case), user, states=CaseState.OPEN, limit=MOST)
    return [one for one in _told(user, case, found) if one.is_duplicate]


def _told(user: User, case: Case, found: list[Similar]) -> list[Similar]:
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
