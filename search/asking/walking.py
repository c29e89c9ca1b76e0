"""Go through everything a question finds, in large pages, newest (or most pressing) first."""

from collections.abc import Iterator
from datetime import datetime

from cases.models import Case
from cases.people.person import Person
from search.asking.finding import find
from search.asking.question import Question
from search.engines.port import CountsWanted, Sort

STRIDE = 500  # cases read at a time


class Degraded(Exception):  # noqa: N818 - a state of the search, not a fault of the caller
    """The index did not answer, and titles alone are no answer here: try again later."""


def walk(question: Question, user: Person, *, at: datetime, most: int) -> Iterator[list[Case]]:
    """Yield pages of the at most ``most`` first cases that ``user`` may see; raises ``Degraded``."""
    sort = Sort.DUE if question.sort is Sort.DUE else Sort.NEWEST
    cursor, left = "", most
    while left > 0:
        result = find(
            question.words,
            user,
            at=at,
            filters=question.filters(),
            sort=sort,
            cursor=cursor,
            size=min(STRIDE, left),
            counts=CountsWanted.NEVER,
        )
        if result.partial:
            raise Degraded
        cases = [hit.case for hit in result.hits]
        if cases:
            yield cases
        cursor, left = result.next_cursor, left - len(cases)
        if not cursor:
            return
