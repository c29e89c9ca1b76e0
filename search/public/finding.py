"""Find what the office has published, as anybody asks: the same words, quotes and minus as staff.

Everything is computed over *public now and matching*: what was withdrawn is in no hit, total or facet
from that moment, also when the index has not followed yet. Nobody is asked who they are.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError
from django.db.models import Q

from cases.machine.outage import outage_of
from search.asking.synonyms import groups
from search.engines.embedded import dialect
from search.engines.port import FILES, Sort
from search.engines.reading import unharmed
from search.engines.tables import PUBLIC
from search.public.asking import PAGE, PAGES, PublicFilters, PublicHit, PublicResult, PublicWayOut
from search.public.counting import PublicCounted, conditions, count_public
from search.public.entries import PublicEntry
from search.public.sources import SOURCES, PublicText, live
from search.words.expansion import expanded
from search.words.highlighting import highlight, snippet
from search.words.query_language import Parsed, SearchTerm, parse

if TYPE_CHECKING:
    from django.db.models import QuerySet

RANKED = 5_000
MOST_WAYS = 6
NOTHING = PublicFilters()
OF_OFFICE = frozenset({"number", "phone", "date"})  # fields that only the office has
log = structlog.get_logger("search")


def find_public(
    text: str,
    *,
    filters: PublicFilters = NOTHING,
    sort: Sort = Sort.NEWEST,
    page: int = 1,
) -> PublicResult:
    """Answer one page of a typed question over all that is public, in a fixed number of queries.

    When the index fails the answer is marked ``degraded`` and looks at titles only.
    """
    parsed = parse(text)
    if parsed.is_empty and text.strip():  # punctuation alone is asked for by nobody
        return PublicResult(0, [], {})
    parsed = _widened(parsed)
    try:
        with unharmed():
            return _answer(parsed, filters, sort, page)
    except DatabaseError as error:
        if outage_of(error):
            raise
        log.exception("public search failed, titles only")
        return _titles_only(parsed.terms, filters, page)


def _titles_only(terms: Sequence[SearchTerm], filters: PublicFilters, page: int) -> PublicResult:
    found = PublicEntry.objects.filter(live(), **conditions(filters))
    for term in terms:
        found = found.filter(title__icontains=term.text)
    total = found.count()
    page = min(max(page, 1), PAGES)
    return _result(PublicCounted(total, {}, {}, []), page, _page(found, page), terms, degraded=True)


def _widened(parsed: Parsed) -> Parsed:
    """Let every word stand for its synonyms and spellings; one query when there are words.

    What was asked for in fields that only the office has (number, telephone, day) is words like others.
    """
    if parsed.is_empty:
        return parsed
    private = [SearchTerm(value) for name, value in parsed.fields if name in OF_OFFICE]
    known = groups()
    return replace(
        parsed,
        terms=tuple(expanded(_no_file(term), known) for term in (*parsed.terms, *private)),
        excluded=tuple(expanded(_no_file(term), known) for term in parsed.excluded),
    )


def _no_file(term: SearchTerm) -> SearchTerm:
    """Files are never public: what is typed for them are words like any other."""
    return replace(term, field="") if term.field == FILES else term


def _public(parsed: Parsed) -> "QuerySet[PublicEntry]":
    entries = PublicEntry.objects.filter(live())
    for name, value in parsed.fields:
        if name == "unit":
            entries = entries.filter(unit__icontains=value)
        elif name in {"category", "region"}:
            entries = entries.filter(_hold((SearchTerm(value, "place"),)))
    return entries


def _hold(terms: Sequence[SearchTerm], *, any_of: bool = False) -> Q:
    return Q(dialect().holds(dialect().match(terms, any_of=any_of), PUBLIC))


def _matching(parsed: Parsed) -> "QuerySet[PublicEntry]":
    entries = _public(parsed)
    if parsed.terms:
        entries = entries.filter(_hold(parsed.terms))
    if parsed.excluded:
        entries = entries.filter(~_hold(parsed.excluded, any_of=True))
    return entries


def _answer(parsed: Parsed, filters: PublicFilters, sort: Sort, page: int) -> PublicResult:
    terms, matching = parsed.terms, _matching(parsed)
    is_ranked = sort is Sort.RELEVANCE and bool(terms)
    page = min(max(page, 1), PAGES)
    wanted = slice((page - 1) * PAGE, page * PAGE)
    counted = count_public(matching, filters, slice(0, RANKED) if is_ranked else wanted)
    page = min(page, -(-counted.total // PAGE) or 1)
    ids = counted.ids
    if is_ranked:
        ids = _ranked(ids, terms)[(page - 1) * PAGE : page * PAGE]
    elif counted.total and not ids:  # beyond the last page
        ids = _page(matching.filter(**conditions(filters)), page)
    return _result(counted, page, ids, terms, ways=_ways(parsed, counted, filters))


def _page(entries: "QuerySet[PublicEntry]", page: int) -> list[int]:
    ordered = entries.order_by("-at", "-pk").values_list("pk", flat=True)
    return list(ordered[(page - 1) * PAGE : page * PAGE])


def _ranked(ids: list[int], terms: Sequence[SearchTerm]) -> list[int]:
    """The most relevant first, and the newest first among equals as they came."""
    ranks = dialect().scores(dialect().match(terms), ids, PUBLIC) if ids else {}
    return sorted(ids, key=lambda pk: -ranks.get(pk, 0.0))


def _result(
    counted: PublicCounted,
    page: int,
    ids: list[int],
    terms: Sequence[SearchTerm],
    *,
    ways: Sequence[PublicWayOut] = (),
    degraded: bool = False,
) -> PublicResult:
    return PublicResult(
        total=counted.total,
        hits=_hits(ids, [word for term in terms for word in term.words]),
        facets=counted.facets,
        page=page,
        pages=min(PAGES, -(-counted.total // PAGE) or 1),
        first=(page - 1) * PAGE + 1,
        ways=ways,
        degraded=degraded,
    )


def _hits(ids: list[int], words: list[str]) -> list[PublicHit]:
    """Read the documents of a page from their sources, as they are now; mark what was found."""
    entries = PublicEntry.objects.in_bulk(ids)
    texts: dict[tuple[str, int], PublicText] = {}
    for kind, source in SOURCES.items():
        keys = [entry.key for entry in entries.values() if entry.kind == kind]
        if keys:
            texts |= {(kind, text.key): text for text in source.texts(keys)}
    found = [entries[pk] for pk in ids if pk in entries]
    return [
        PublicHit(
            kind=entry.kind,
            text=text,
            title=highlight(text.title, words),
            snippet=snippet([text.body, text.reply, text.other], words),
        )
        for entry in found
        if (text := texts.get((entry.kind, entry.key)))
    ]


def _ways(parsed: Parsed, counted: PublicCounted, filters: PublicFilters) -> list[PublicWayOut]:
    """What would find something when nothing was found: a filter less, or one word alone."""
    if counted.total:
        return []
    ways = [PublicWayOut(n, without=name) for name, n in counted.without.items() if n]
    if len(counted.without) > 1 and not ways and (n := _matching(parsed).count()):
        ways.append(PublicWayOut(n, without="all"))
    words = parsed.terms if len(parsed.terms) > 1 or parsed.excluded else ()
    for word in words[:MOST_WAYS]:
        found = PublicEntry.objects.filter(live(), _hold((word,)))
        if n := found.filter(**conditions(filters)).count():
            ways.append(PublicWayOut(n, word=word.text))
    return ways
