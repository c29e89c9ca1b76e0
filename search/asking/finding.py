"""Find cases as a member of staff asks: what is typed, the boxes ticked, what they may see.

Fields of the query language become filters here; telephone numbers are looked up by their keyed hash,
or by the last four digits, in every contact about a case, and for office roles that may reveal it only
(`domain.md` §6): to everybody else such a question finds nothing, whatever the number. Words are widened
by the office's synonyms and by other spellings of the same (``search.words.expansion``).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import structlog
from django.db import DatabaseError
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.machine.outage import outage_of
from cases.models import Case, Contact, Petitioner
from cases.numbers.number import is_case_number
from cases.people.permissions import ACTS, scope_of
from cases.people.person import Person
from cases.privacy.phone import normalise
from search.asking import naming
from search.asking.synonyms import groups
from search.engines import counting, paging
from search.engines.chosen import EMBEDDED, engine
from search.engines.port import PAGE, CountsWanted, Filters, Query, Result, Sort
from search.engines.reading import unharmed
from search.words import days
from search.words.expansion import expanded
from search.words.folding import fold
from search.words.query_language import Parsed, SearchTerm, parse

log = structlog.get_logger("search")
PHONE_DIGITS = 7  # from here on digits are a whole number, below they are a tail
TAIL_DIGITS = 4
MOST_CASES = 5_000  # of one number


def find(
    text: str,
    user: Person,
    *,
    at: datetime,
    filters: Filters | None = None,
    sort: Sort = Sort.NEWEST,
    cursor: str = "",
    size: int = PAGE,
    counts: CountsWanted = CountsWanted.NOW,
) -> Result:
    """Answer one page of a typed question within what ``user`` may see.

    Letters that stand in no text are taken for the initials of units and categories (zls). When the
    index fails the answer is marked ``degraded`` and searches titles only.
    """
    asked = Query(at, filters=filters or Filters(), sort=sort, cursor=cursor, size=size)
    query = _asked(text, user, replace(asked, counts=counts))
    visible: QuerySet[Case] = Case.objects.visible_to(user)
    result = _ask(query, visible)
    if not result.total and (spelt := _spelt(query)) != query:
        return _ask(spelt, visible)
    return result


def matches(
    text: str, user: Person, *, at: datetime, filters: Filters, within: Q | None = None
) -> set[int]:
    """Ids of every case ``find`` would page through, or of those ``within``: for background work.

    Asked of the index inside the database, which is never behind its cases by more than the outbox;
    raises ``DatabaseError`` when it fails.
    """
    query = _asked(text, user, Query(at, filters=filters))
    visible: QuerySet[Case] = Case.objects.visible_to(user).order_by()
    with unharmed():
        spelt = _spelt(query)
        if spelt != query and not _matching(query, visible).exists():
            query = spelt
        found = _matching(query, visible.filter(within) if within else visible)
        return set(found.values_list("pk", flat=True))


def _matching(query: Query, visible: "QuerySet[Case]") -> "QuerySet[Case]":
    return counting.chosen(counting.narrow(EMBEDDED.matching(query, visible), query), query)


def _asked(text: str, user: Person, query: Query) -> Query:
    """Put what was typed into the question of ``user``."""
    parsed = parse(text)
    query = replace(query, terms=parsed.terms, excluded=parsed.excluded, viewer=user)
    return _widened(_confined(query, parsed, user))


def _spelt(query: Query) -> Query:
    """The question with letters that stand in no text taken for initials."""
    return replace(query, terms=tuple(map(_by_letters, query.terms)))


def jump(text: str, user: Person) -> Case | None:
    """Return the visible case whose whole number was typed, however it was grouped."""
    fields = parse(text).fields
    typed = fold(fields[0][1] if fields and fields[0][0] == "number" else text)
    digits = "" if typed.strip("0123456789 -") else typed.replace(" ", "").replace("-", "")
    if not is_case_number(digits):
        return None
    return Case.objects.visible_to(user).filter(number=digits).first()


def may_find_by_phone(user: Person) -> bool:
    """Whether the person may look cases up by a citizen's telephone.

    What is masked for somebody cannot be searched by them: the office's roles that may reveal it.
    """
    return scope_of(user).is_office and bool(user.roles & ACTS["case.reveal"].office)


def _ask(query: Query, visible: "QuerySet[Case]") -> Result:
    try:
        with unharmed():
            return engine().search(query, visible)
    except DatabaseError as error:
        if outage_of(error):
            raise
        log.exception("search failed, titles only", engine=type(engine()).__name__)
        return _titles_only(query, visible)


def _widened(query: Query) -> Query:
    """Let every word stand for its synonyms and spellings; one query when there are words."""
    if not (query.terms or query.excluded):
        return query
    known = groups()
    return replace(
        query,
        terms=tuple(expanded(term, known) for term in query.terms),
        excluded=tuple(expanded(term, known) for term in query.excluded),
    )


def _by_letters(term: SearchTerm) -> SearchTerm:
    if term.field or term.is_exact:
        return term
    return replace(term, also=(*term.also, *naming.names_by_letters(term.text)))


def _confined(query: Query, parsed: Parsed, user: Person) -> Query:
    """Put what the fields of the query language say into the query, as ids."""
    for name, value in parsed.fields:
        if name == "number":
            query = replace(
                query, terms=(*query.terms, SearchTerm("".join(value.split()), "place"))
            )
        elif name == "phone":
            query = replace(query, cases=_both(query.cases, _of_phone(value, user)))
        elif name == "unit":
            query = replace(query, units=_both(query.units, naming.units_called(value)))
        elif name == "category":
            ids = naming.categories_called(value)
            query = replace(query, categories=_both(query.categories, ids))
        elif name == "region":
            query = replace(query, regions=_both(query.regions, naming.regions_called(value)))
        elif name == "date":
            query = replace(query, filters=_of_days(value, query))
    return query


def _of_days(value: str, query: Query) -> Filters:
    """The filters with the typed days put in; what is chosen beside the words narrows them further."""
    known = query.filters
    typed = days.span(value, timezone.localdate(query.at)) or (None, None)
    since, until = days.within((known.since, known.until), typed)
    return replace(known, since=since, until=until)


def _both(known: frozenset[int] | None, more: Iterable[int]) -> frozenset[int]:
    return frozenset(more) if known is None else known & frozenset(more)


def _of_phone(value: str, user: Person) -> Iterable[int]:
    """Ids of the newest cases about which somebody with this number was in touch."""
    digits = normalise(value)
    if not may_find_by_phone(user) or len(digits) < TAIL_DIGITS:
        return ()
    if len(digits) >= PHONE_DIGITS:
        people = Petitioner.objects.by_phone(digits).values("pk")
    else:
        people = Petitioner.objects.by_tail(digits[-TAIL_DIGITS:]).values("pk")
    registered = Case.objects.filter(petitioner__in=people).values_list("pk", flat=True)
    contacts = Contact.objects.filter(petitioner__in=people).exclude(case=None)
    touched = contacts.values_list("case", flat=True)
    return {
        *registered.order_by("-pk")[:MOST_CASES],
        *touched.order_by("-case")[:MOST_CASES],
    }


def _titles_only(query: Query, visible: "QuerySet[Case]") -> Result:
    for term in query.terms:
        held = Q(number=term.text)
        for word in term.words:
            held |= Q(title__icontains=word)
        visible = visible.filter(held)
    found = counting.chosen(counting.narrow(visible, query), query)
    sort = Sort.NEWEST if query.sort is Sort.RELEVANCE else query.sort
    page = paging.by_key(found, replace(query, sort=sort))
    return Result(
        total=found.count(),
        hits=paging.hits(page.cases, query.terms),  # the index of files may fail too
        facets={},
        first=page.first,
        next_cursor=page.next_cursor,
        degraded=True,
        partial=True,
        restarted=bool(query.cursor) and paging.read_cursor(query.cursor) is None,
    )
