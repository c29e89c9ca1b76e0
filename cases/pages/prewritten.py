"""Counts that every page asks, their SQL written once for each kind of person and asked with new moments.

The ORM takes longer to write such a query than a database to answer it: the bar's numbers cost 14 of the
74 ms that the page of a case spent under a profiler, the question itself one. Only for rows of plain values;
what else the SQL depends on has to be part of its ``shape`` (``shape_of`` for a person).
"""

from collections.abc import Callable, Hashable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from cases.people.models.staff import User
from cases.people.permissions import scope_of

MOST = 1000  # texts kept: thirty counts of everybody in a county's units
Values = tuple[Any, ...]  # of a row, or those put into the query
Make = Callable[..., QuerySet[Model, Values]]
_texts: dict[Hashable, tuple[str, Values]] = {}


def shape_of(person: User) -> Hashable:
    """Everything of a person that ``visible_to`` and the lists of a unit put into a query."""
    return person.pk, person.unit_id, person.roles, person.unit_ids, scope_of(person)


def rows(shape: Hashable, make: Make, *moments: datetime) -> list[Values]:
    """The rows of ``make(*moments)``, a ``values_list``; it is called once for each ``shape``.

    ``make`` puts the moments into the query as they are given: whatever is worked out of one is a
    moment of its own. Nothing can be found: no row, and no query.
    """
    stand_ins = _stand_ins(len(moments))
    key = (connection.vendor, shape)
    text = _texts.get(key)  # once: another thread may empty the shelf meanwhile
    if text is None:
        if len(_texts) >= MOST:
            _texts.clear()
        text = _texts[key] = _written(make(*stand_ins))
    sql, values = text
    if not sql:
        return []
    told = {_adapted(one): _adapted(now) for one, now in zip(stand_ins, moments, strict=True)}
    with connection.cursor() as cursor:
        cursor.execute(sql, [told.get(value, value) for value in values])
        found: list[Values] = cursor.fetchall()
        return found


def _written(query: QuerySet[Model, Values]) -> tuple[str, Values]:
    """SQL and its values; no SQL for what can find nothing."""
    try:
        return query.query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def _stand_ins(n: int) -> list[datetime]:
    """Moments that no office ever means."""
    return [datetime(1000, 1, 1, tzinfo=UTC) + timedelta(microseconds=1 + i) for i in range(n)]


def _adapted(moment: datetime) -> str | None:
    return connection.ops.adapt_datetimefield_value(moment)
