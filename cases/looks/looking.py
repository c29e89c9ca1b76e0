"""No look without trace: cases and files opened, people searched for, and lists in sum.

A page calls ``saw`` once, before it is drawn: one statement, whatever it shows, and if that fails there
is no page. What is looked at again within ten minutes (lists: an hour) is added to the same row. An
unusual run of openings or searches is told to the security administrators. Names and numbers in clear
are looks of their own (``cases.looks.revealing``). Source: `domain.md` §2.7.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum

from cases.looks import unusual
from cases.looks.models.look import Look
from cases.people.person import Person

if TYPE_CHECKING:
    from cases.files.models.attachment import Attachment
    from cases.lifecycle.models.case import Case

Kind = Look.Kind
AGAIN = timedelta(minutes=10)
HOUR = timedelta(hours=1)
# Sums of rows need not wait for the disk: a plug pulled loses half a second of them, never a case opened
UNHURRIED = ", set_config('synchronous_commit', 'off', true)"
NOTHING: Mapping[str, int] = {}
OPENINGS, SEARCHES = "openings_unusual", "searches_unusual"
WATCHED = {Kind.CASE, Kind.SEARCH, Kind.CALLER}
CALLERS = 2  # times as many: an operator looks up every caller, and again when a form comes back


@dataclass(frozen=True)
class Sought:
    """A person who was searched for: never more than a mask of what was typed, and the cases found."""

    mask: str
    found: int
    is_caller: bool = False


def saw(
    *,
    by: Person,
    at: datetime,
    case: "Case | None" = None,
    file: "Attachment | None" = None,
    sought: Sought | None = None,
    lists: Mapping[str, int] = NOTHING,
    is_rest: bool = False,
) -> None:
    """Record what ``by`` is about to be shown: the case, the file of it, and rows by name of the list.

    ``is_rest``: what the page fetches after itself, which adds nothing to the row that it made.
    """
    rows: list[tuple[Kind, str, str, int]] = [
        (Kind.LIST, "", name, count) for name, count in lists.items() if count
    ]
    if case is not None:
        kind = Kind.CASE if file is None else Kind.FILE
        rows.append((kind, case.number, "" if file is None else str(file.pk), 1))
    if sought is not None:
        kind = Kind.CALLER if sought.is_caller else Kind.SEARCH
        rows.append((kind, "", sought.mask, sought.found))
    if not rows:
        return
    # In one order: nobody waits in a circle
    times = _keep(by, at, sorted(rows), again=0 if is_rest else 1)
    for kind in {kind for kind, *_ in rows} & WATCHED:
        if kind is not Kind.CASE or times[kind] == 1:  # seen again: no more cases than before
            _watch(kind, by, at)


def _keep(
    by: Person, at: datetime, rows: list[tuple[Kind, str, str, int]], *, again: int
) -> dict[str, int]:
    """Insert or add up; one atomic statement on both databases, so no two pages lose each other's.

    Gives how many times each kind was looked at now, the least where there are several rows.
    """
    moment = connection.ops.adapt_datetimefield_value
    is_sum = all(kind is Kind.LIST for kind, *_ in rows)
    values = [
        value
        for kind, number, subject, count in rows
        for value in (by.pk, kind, moment(_span(kind, at)), number, subject, moment(at), 1, count)
    ]
    places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(rows))
    is_alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    unhurried = UNHURRIED if is_sum and is_alone else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Look._meta.db_table} "  # noqa: S608, SLF001 - no value of a person's
            f'(user_id, kind, span, number, subject, at, times, "rows") VALUES {places} '
            "ON CONFLICT (user_id, kind, span, number, subject) DO UPDATE SET at = excluded.at, "
            'times = cases_look.times + %s, "rows" = cases_look."rows" + excluded."rows" * %s '
            f"RETURNING kind, times{unhurried}",
            [*values, again, again],
        )
        return {kind: times for kind, times, *_ in sorted(cursor.fetchall(), reverse=True)}


def _span(kind: Kind, at: datetime) -> datetime:
    """The beginning of the ten minutes, for lists of the hour."""
    seconds = (HOUR if kind is Kind.LIST else AGAIN).total_seconds()
    return at - timedelta(seconds=at.timestamp() % seconds)


def _watch(kind: Kind, by: Person, at: datetime) -> None:
    """Tell an unusual run; one look at the index of ``look_once``, which ends with the hour."""
    recent = Look.objects.filter(user=by.pk, kind=kind, span__gt=at - HOUR, span__lte=at).order_by()
    if kind is Kind.CASE:
        n = recent.aggregate(n=Count("number", distinct=True))["n"]
        if n > settings.OPENINGS_AN_HOUR:
            unusual.tell(OPENINGS, by, n, HOUR, at)
    else:
        most = settings.SEARCHES_AN_HOUR * (CALLERS if kind is Kind.CALLER else 1)
        n = recent.aggregate(n=Sum("times"))["n"]
        if n > most:
            unusual.tell(SEARCHES, by, n, HOUR, at)
