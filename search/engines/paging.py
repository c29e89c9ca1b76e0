"""One page of hits of the embedded engine, and the way to the next.

Newest and most pressing first go by key (constant cost at any depth); by relevance the newest
``RANKED`` matches are ranked, since ranking a very common word over everything costs most of a second.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from cases.models import Assignment, Case
from cases.words import AssignmentState
from search.engines import rank_cursor
from search.engines.port import FILES, Query, SearchHit, Sort
from search.words.highlighting import highlight, snippet, spans
from search.words.query_language import SearchTerm

if TYPE_CHECKING:
    from django.db.models import QuerySet

RANKED = 5_000
LOOKED_THROUGH, LOOKED_THROUGH_EACH = 20_000, 12  # newest cases, at least and for each row wanted
SHOWN = (  # of a case and what it belongs to; a list of hits needs no more
    "number", "title", "content", "request", "answer_text", "address", "state", "urgency",
    "channel", "demand_type", "registered_at", "promise_due_at", "version",
    "lead_unit__name", "lead_unit__short_name", "category__name", "region__name",
)  # fmt: skip
BIGGEST_ID = 2**63
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Page(NamedTuple):
    """Cases of one page, position of its first (from 1), cursor of the next (``""``: none)."""

    cases: list[Case]
    first: int
    next_cursor: str


def read_cursor(cursor: str) -> tuple[int, datetime, int] | None:
    """Take a cursor apart (position, time key, id); a broken one is the first page."""
    try:
        position, key, pk = (int(part) for part in cursor.split("_"))
        at = EPOCH + timedelta(microseconds=key)
    except (ValueError, OverflowError):
        return None
    return (position, at, pk) if position >= 0 and 0 <= pk < BIGGEST_ID else None


def by_key(cases: "QuerySet[Case]", query: Query, newest: "Sequence[QuerySet[Case]]" = ()) -> Page:
    """Return the page after the cursor in order of time, newest or most pressing first.

    ``newest``: the same cases in parts, asked for among the newest of the table before all are gathered.
    """
    start = read_cursor(query.cursor)
    is_due = query.sort is Sort.DUE
    rows = None
    if newest and not is_due:
        rows = _among_newest(newest, start, query.size + 1)
    if rows is None:
        rows = list(_keys(cases, start, is_due=is_due)[: query.size + 1])
    position = start[0] if start else 0
    page = rows[: query.size]
    following = ""
    if len(rows) > query.size:
        pk, key = page[-1]
        following = f"{position + query.size}_{(key - EPOCH) // timedelta(microseconds=1)}_{pk}"
    return Page(read_in_order([pk for pk, _ in page]), position + 1, following)


Start = tuple[int, datetime, int]


def _keys(
    cases: "QuerySet[Case]", start: Start | None, *, is_due: bool = False
) -> "QuerySet[Case, tuple[int, datetime]]":
    """Id and key of each case in order of the key, from after the cursor on: not whole rows."""
    if is_due:
        cases = cases.annotate(key=Coalesce("promise_due_at", Value(NEVER))).order_by("key", "pk")
    else:
        cases = cases.annotate(key=F("registered_at")).order_by("-registered_at", "-pk")
    if start:
        _, at, pk = start
        name, way = ("key", "gt") if is_due else ("registered_at", "lt")
        cases = cases.filter(Q(**{f"{name}__{way}": at}) | Q(**{name: at, f"pk__{way}": pk}))
    return cases.values_list("pk", "key")


def _among_newest(
    parts: "Sequence[QuerySet[Case]]", start: Start | None, wanted: int
) -> list[tuple[int, datetime]] | None:
    """Keys of the first ``wanted`` if the newest cases of the table hold so many, else ``None``."""
    times = Case.objects.order_by("-registered_at", "-pk").values_list("registered_at", flat=True)
    if start:
        times = times.filter(registered_at__lte=start[1])
    window = max(LOOKED_THROUGH, LOOKED_THROUGH_EACH * wanted)
    since = times[window : window + 1].first()
    if since is None:  # there are no more than that
        return None
    rows: set[tuple[int, datetime]] = set()
    for part in parts:
        rows.update(_keys(part.filter(registered_at__gt=since), start)[:wanted])
    first = sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)[:wanted]
    return first if len(first) == wanted else None


def by_score(
    cases: "QuerySet[Case]",
    query: Query,
    scores: Callable[[Iterable[int]], Mapping[int, float]],
    newest: "Sequence[QuerySet[Case]]" = (),
) -> Page:
    """Return the page by relevance among the newest ``RANKED`` matches; ``newest`` as for ``by_key``."""
    rows = None
    if newest:
        rows = _among_newest(newest, None, RANKED)
    if rows is None:
        rows = list(_keys(cases, None)[:RANKED])
    ids = [pk for pk, _ in rows]
    ranks = scores(ids)
    ids.sort(key=lambda pk: -ranks.get(pk, 0.0))  # stable: newest first among equals
    position = rank_cursor.position("embedded", query.cursor)
    wanted = ids[position : position + query.size]
    more = position + query.size < len(ids)
    following = rank_cursor.after("embedded", position + query.size) if more else ""
    return Page(read_in_order(wanted), position + 1, following)


def read_in_order(ids: Sequence[int], within: "QuerySet[Case, Case] | None" = None) -> list[Case]:
    """Read the cases of a page; ``within`` when their ids come from outside the database.

    Otherwise they come from a query that held the permission filter.
    """
    cases = Case.objects.all() if within is None else within.order_by()
    found = cases.select_related("lead_unit", "category", "region").only(*SHOWN).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def words_of(terms: Iterable[SearchTerm]) -> list[str]:
    """Return everything that is to be marked."""
    return [word for term in terms for word in term.words]


Pieces = Callable[[Mapping[int, Sequence[SearchTerm]]], Mapping[int, str]]


def hits(
    cases: Sequence[Case], terms: Sequence[SearchTerm], pieces: Pieces | None = None
) -> list[SearchHit]:
    """Mark title and a snippet of each case; one query for the replies of all of them.

    ``pieces`` is asked, once, for a piece of a file of those cases in whose own text a term is missing.
    """
    words = words_of(terms)
    replies: dict[int, list[str]] = {}
    rows = Assignment.objects.filter(case__in=cases, state__in=AssignmentState.WITH_REPLY).order_by(
        "-pk"
    )
    for case_id, reply in rows.values_list("case_id", "public_reply"):
        replies.setdefault(case_id, []).append(reply)
    texts = {case.pk: _texts(case, replies.get(case.pk, ())) for case in cases}
    lacking = {case.pk: _missing([case.title, *texts[case.pk]], terms) for case in cases}
    asked = {pk: missing for pk, missing in lacking.items() if missing}
    filed = pieces(asked) if pieces and asked else {}
    return [
        SearchHit(
            case=case,
            title=highlight(case.title, words),
            snippet=_snippet(
                texts[case.pk],
                words,
                filed.get(case.pk, ""),
                has_own=len(lacking[case.pk]) < len(terms),
            ),
        )
        for case in cases
    ]


def _texts(case: Case, replies: Iterable[str]) -> list[str]:
    return [case.content, case.request, case.answer_text, *replies, case.address]


def _missing(texts: Sequence[str], terms: Sequence[SearchTerm]) -> list[SearchTerm]:
    """The terms that may stand in a file and in none of ``texts``."""
    return [
        term
        for term in terms
        if term.field in {"", FILES}
        and (term.field or not any(spans(text, term.words) for text in texts if text))
    ]


def _snippet(texts: Sequence[str], words: Sequence[str], filed: str, *, has_own: bool) -> str:
    if not filed:
        return snippet(texts, words)
    return f"{snippet(texts, words)} {filed}" if has_own else filed
