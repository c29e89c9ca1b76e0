"""The one rule of who may see a case (``CaseQuerySet.visible_to``) as a filter of the server.

It reads the same ``SightScope`` and the facts a document carries. ``tests/search/engines/test_sight.py``
holds it to ``visible_to``, role by role and kind by kind.
"""

from elasticsearch_dsl.query import Bool, MatchAll, MatchNone, Query, Term, Terms

from cases.people.permissions import scope_of
from cases.people.person import Person
from cases.words import Secrecy


def permitted(viewer: Person) -> Query:
    """Return the filter of what ``viewer`` may see."""
    scope = scope_of(viewer)
    if scope.sees_nothing:
        return MatchNone()
    if not scope.is_office:
        units = [str(unit) for unit in scope.unit_ids]
        barred = [str(unit) for unit in scope.barred_ids]
        return Bool(filter=[Terms(holders=units)], must_not=[Terms(respondent_unit=barred)])
    if scope.sees_secret:
        return MatchAll()
    return Bool(
        should=[
            Bool(must_not=[Term(secrecy=Secrecy.SECRET.value)]),
            Term(registered_by=str(viewer.pk)),
        ],
        minimum_should_match=1,
    )
