"""Find cases as a member of staff asks: what is typed, the boxes ticked, what they may see.

Fields of the query language become filters here; telephone numbers are looked up by their keyed hash,
or by the last four digits of the mask, and for office roles only (`domain.md` §6): to everybody else
such a question finds nothing, whatever the number.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from django.db import DatabaseError
from django.db.models import Q, QuerySet

from cases.models import Case, Category, Petitioner, Unit
from cases.numbers import is_case_number
from cases.permissions import scope_of
from cases.phone import normalise
from search.engine import engine
from search.engines import counting, paging
from search.port import Filters, Query, Result, Sort
from search.query_language import Parsed, Term, parse
from search.reading import unharmed

log = structlog.get_logger("search")
PHONE_DIGITS = 7  # from here on digits are a whole number, below they are a tail
TAIL_DIGITS = 4


def find(
    text: str,
    user: Any,
    *,
    at: datetime,
    filters: Filters | None = None,
    sort: Sort = Sort.NEWEST,
    cursor: str = "",
) -> Result:
    """Answer one page of a typed question within what ``user`` may see.

    When the index fails the answer is marked ``degraded`` and searches titles only.
    """
    parsed = parse(text)
    asked = Query(at, parsed.terms, parsed.excluded, filters or Filters(), sort, cursor)
    query = replace(_confined(asked, parsed, user), viewer=user)
    visible: QuerySet[Case] = Case.objects.visible_to(user)
    try:
        with unharmed():
            return engine().search(query, visible)
    except DatabaseError:
        log.exception("search failed, titles only", engine=type(engine()).__name__)
        return _titles_only(query, visible)


def jump(text: str, user: Any) -> Case | None:
    """Return the visible case whose whole number was typed, however it was grouped."""
    digits = (
        "".join(parse(text).fields[0][1].split()) if parse(text).fields else "".join(text.split())
    )
    if not is_case_number(digits):
        return None
    return Case.objects.visible_to(user).filter(number=digits).first()


def may_find_by_phone(user: Any) -> bool:
    """Whether the person may look cases up by a citizen's telephone."""
    return scope_of(user).is_office


def _confined(query: Query, parsed: Parsed, user: Any) -> Query:
    """Put what the fields of the query language say into the query, as ids."""
    for name, value in parsed.fields:
        if name == "number":
            query = replace(query, terms=(*query.terms, Term("".join(value.split()))))
        elif name == "phone":
            people = _with_phone(value, user)
            query = replace(query, petitioners=_both(query.petitioners, people))
        elif name == "unit":
            query = replace(query, units=_both(query.units, _units_named(value)))
        elif name == "category":
            found = Category.objects.filter(
                Q(path__icontains=value) | Q(pinyin__startswith=value) | Q(code__startswith=value)
            )
            ids = found.values_list("pk", flat=True)
            query = replace(query, categories=_both(query.categories, ids))
    return query


def _both(known: frozenset[int] | None, more: Iterable[int]) -> frozenset[int]:
    return frozenset(more) if known is None else known & frozenset(more)


def _units_named(value: str) -> Iterable[int]:
    """Units of that name, initials or code, and the sections right below them."""
    named = Q(name__icontains=value) | Q(short_name__icontains=value)
    units = Unit.objects.filter(named | Q(pinyin__startswith=value) | Q(code=value)).values("pk")
    whole = Unit.objects.filter(Q(pk__in=units) | Q(parent__in=units))
    return whole.values_list("pk", flat=True)


def _with_phone(value: str, user: Any) -> Iterable[int]:
    digits = normalise(value)
    if not may_find_by_phone(user) or len(digits) < TAIL_DIGITS:
        return ()
    if len(digits) >= PHONE_DIGITS:
        people = Petitioner.objects.by_phone(digits)
    else:
        people = Petitioner.objects.filter(phone_mask__endswith=digits[-TAIL_DIGITS:])
    return people.values_list("pk", flat=True)


def _titles_only(query: Query, visible: "QuerySet[Case]") -> Result:
    for term in query.terms:
        visible = visible.filter(Q(title__icontains=term.text) | Q(number=term.text))
    found = counting.chosen(counting.narrow(visible, query), query)
    sort = Sort.NEWEST if query.sort is Sort.RELEVANCE else query.sort
    page = paging.by_key(found, replace(query, sort=sort))
    return Result(
        total=found.count(),
        hits=paging.hits(page.cases, [term.text for term in query.terms]),
        facets={},
        first=page.first,
        next_cursor=page.next_cursor,
        degraded=True,
        partial=True,
    )
