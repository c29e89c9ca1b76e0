"""What a saved question finds that its subscriber does not know: asked of what changed, not of everything.

Whatever changes is indexed again, so what can match since the last look has a later moment of indexing
(the index's own clock, as ``Subscription.indexed``); what the clock alone lets match (a task becomes overdue,
上周 becomes another week) is added. Always asked of the index inside the database: it is written with
the cases, so it is complete also while a search server is away or behind.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from cases.models import Assignment
from cases.people.person import Person
from search.asking.finding import matches
from search.asking.question import Question
from search.engines.counting import day_start
from search.words import days
from search.words.query_language import parse

OVERLAP = timedelta(minutes=10)  # a case may be seen as indexed later than it says: transactions


def everything(question: Question, user: Person, at: datetime) -> set[int]:
    """Ids of all cases that match now and that the person may see; in the background only."""
    return matches(question.words, user, at=at, filters=question.filters())


def since(
    question: Question, user: Person, indexed: datetime, looked: datetime, at: datetime
) -> set[int]:
    """Ids that match now among what changed after ``indexed``, or came in by the clock after ``looked``."""
    found: set[int] = set()
    filters = question.filters()
    for narrowed in [Q(indexed__indexed_at__gt=indexed), *_by_the_clock(question, looked, at)]:
        found |= matches(question.words, user, at=at, filters=filters, within=narrowed)
    return found


def _by_the_clock(question: Question, looked: datetime, at: datetime) -> Iterator[Q]:
    if "yes" in question.values("overdue"):
        ran_out = Assignment.objects.open().filter(due_at__gte=looked - OVERLAP, due_at__lt=at)
        yield Q(pk__in=ran_out.order_by().values("case"))
    for name, value in parse(question.words).fields:
        if name != "date":
            continue
        before = days.span(value, timezone.localdate(looked))
        now = days.span(value, timezone.localdate(at))
        if now and now != before and now[0] and now[1]:
            first, after = day_start(now[0]), day_start(now[1], days=1)
            yield Q(registered_at__gte=first, registered_at__lt=after)
