"""The engine inside the database: no server, same transaction as the cases, same permission filter."""

from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from cases.models import Case
from cases.people.person import Person
from search.engines import (
    counting,
    filing,
    guessing,
    holding,
    likeness,
    paging,
    postgres,
    rank_cursor,
    sqlite,
)
from search.engines.documents import read_files
from search.engines.models.indexed import IndexedCase, IndexedFile
from search.engines.port import (
    Count,
    CountsWanted,
    Document,
    Drift,
    Health,
    Like,
    Query,
    Result,
    Sort,
)
from search.engines.reading import unharmed
from search.engines.tables import CASES, FILES
from search.words.query_language import SearchTerm

if TYPE_CHECKING:
    from django.db.models import QuerySet

TOGETHER = 50  # documents of one transaction: on SQLite nobody else writes meanwhile
log = structlog.get_logger("search")


def dialect() -> ModuleType:
    """Return the module that speaks to the database in use."""
    return sqlite if connection.vendor == "sqlite" else postgres


class EmbeddedEngine:
    """FTS5 on SQLite, ``tsvector`` on PostgreSQL, over the same tokens."""

    name = "embedded"

    def exists(self) -> bool:
        """Its tables come with the migrations."""
        return True

    def index(self, documents: Iterable[Document]) -> int:
        """Store documents, some in each transaction; an older version never replaces a newer."""
        told, stored = list(documents), 0
        for start in range(0, len(told), TOGETHER):
            some = told[start : start + TOGETHER]
            with transaction.atomic():
                self._store_files(some)
                stored += sum(self._store(document) for document in some)
        return stored

    def _store(self, document: Document) -> bool:
        upsert = (
            "INSERT INTO search_indexedcase (case_id, version, indexed_at) VALUES (%s, %s, %s) "
            "ON CONFLICT (case_id) DO UPDATE SET version = excluded.version, "
            "indexed_at = excluded.indexed_at "
            "WHERE search_indexedcase.version <= excluded.version"
        )
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(upsert, [document.case_id, document.version, now])
            if cursor.rowcount == 0:
                return False
            dialect().store(document.case_id, document)
        return True

    def _store_files(self, documents: Sequence[Document]) -> None:
        """Store what was newly read in files; a file once read is not stored again with its case."""
        held = IndexedFile.objects.filter(case__in=[one.case_id for one in documents])
        known = dict(held.values_list("pk", "stamp"))
        for document in documents:
            for file in document.files:
                if known.pop(file.attachment_id, -1) < file.stamp:
                    filing.store(document.case_id, file, dialect())
        if (
            known
        ):  # a document may be late; a file of a case that became confidential is found no longer
            gone = set(known) - set(read_files().filter(pk__in=known).values_list("pk", flat=True))
            dialect().forget(list(gone), FILES)
            IndexedFile.objects.filter(pk__in=gone).delete()

    def remove(self, case_ids: Iterable[int]) -> None:
        """Forget cases."""
        ids = list(case_ids)
        with transaction.atomic():
            IndexedCase.objects.filter(pk__in=ids).delete()
            dialect().forget(ids)
            files = IndexedFile.objects.filter(case__in=ids)
            dialect().forget(list(files.values_list("pk", flat=True)), FILES)
            files.delete()

    def matching(
        self, query: Query, visible: "QuerySet[Case]", *, few: bool = False
    ) -> "QuerySet[Case]":
        """Return the visible cases that hold the words, whatever the filters say.

        ``few``: no more match than can be gathered first.
        """
        if query.terms:
            matched = holding.all_of(query.terms, dialect(), few=few)
            visible = visible.filter(pk__in=matched)
        return self._without(query, visible)

    def _without(self, query: Query, cases: "QuerySet[Case]") -> "QuerySet[Case]":
        if not query.excluded:
            return cases
        return cases.exclude(pk__in=holding.any_of(query.excluded, dialect()))

    def search(self, query: Query, visible: "QuerySet[Case]") -> Result:
        """Answer one page, with total and facets if they are wanted, in a fixed number of queries."""
        guess = guessing.guess(query.terms, dialect())
        few = guess.are_few
        found = counting.narrow(self.matching(query, visible, few=few), query)
        page = self._page(query, found, visible, few=few)
        is_short = guess.most <= guessing.AT_ONCE or not (page.next_cursor or query.cursor)
        is_counted = query.counts is CountsWanted.NOW or (
            query.counts is CountsWanted.LATER and is_short
        )
        is_ranked = query.sort is Sort.RELEVANCE and bool(query.terms)
        total = page.first - 1 + len(page.cases) + bool(page.next_cursor)
        facets: dict[str, list[Count]] = {}
        if is_counted:
            total, facets = counting.count(found, query, dialect().month)
        many = total if is_counted else guess.most
        return Result(
            total=total,
            hits=paging.hits(page.cases, query.terms, filing.pieces),
            facets=facets,
            first=page.first,
            next_cursor=page.next_cursor,
            words=paging.words_of(query.terms),
            is_counted=is_counted,
            ranked=paging.RANKED if is_ranked and many > paging.RANKED else None,
            restarted=is_ranked and rank_cursor.is_of_another(self.name, query.cursor),
        )

    def _page(
        self,
        query: Query,
        found: "QuerySet[Case]",
        visible: "QuerySet[Case]",
        *,
        few: bool,
    ) -> paging.Page:
        """One page; of many matches it is looked for among the newest cases first."""
        wanted = counting.chosen(found, query)
        if query.sort is Sort.DUE and not few:
            return paging.by_key(wanted, query)
        newest: list[QuerySet[Case]] = []
        if query.terms and not few:  # gathered all the same: the planner shall not walk the table
            whole = counting.narrow(self.matching(query, visible, few=True), query)
            wanted = counting.chosen(whole, query)
        if not few:
            rest = counting.chosen(self._without(query, counting.narrow(visible, query)), query)
            parts = holding.ways(query.terms, dialect()) if query.terms else []
            newest = [rest.filter(pk__in=part) for part in parts] or [rest]
        if query.sort is Sort.RELEVANCE and query.terms:
            return paging.by_score(wanted, query, lambda ids: _scores(query.terms, ids), newest)
        return paging.by_key(wanted, query, newest)

    def similar(
        self, text: str, visible: "QuerySet[Case]", limit: int = 5, *, viewer: Person | None = None
    ) -> list[Like]:
        """Return the visible cases sharing most of the rare wording of ``text``."""
        return likeness.alike(text, visible, limit, dialect(), viewer)

    def health(self) -> Health:
        """Ask the index one question and count what waits to be indexed."""
        try:
            with unharmed():
                probe = dialect().match([SearchTerm("0")])
                IndexedCase.objects.filter(pk__in=dialect().ids(probe)).exists()
                waiting = counting.waiting()
        except DatabaseError:
            log.exception("search index does not answer")
            return {"status": "broken", "waiting": None}
        return {"status": "ok" if waiting < counting.BEHIND else "behind", "waiting": waiting}

    def drift(self) -> Drift:
        """Compare the index with the table of cases."""
        ghosts, empty = dialect().strays()
        unindexed = Case.objects.filter(indexed=None).values_list("pk", flat=True)
        older = IndexedCase.objects.filter(version__lt=F("case__version"))
        return Drift(
            missing=set(unindexed) | empty,
            stale=(set(older.values_list("pk", flat=True)) | filing.unindexed(dialect()))
            - empty
            - set(unindexed),
            ghosts=ghosts,
        )

    def rebuild(self, *, after: int = 0, anew: bool = False) -> "InPlace":
        """Index over what is there; every entry stays findable until it is replaced."""
        return InPlace(self, 0 if anew else after)


def _scores(terms: Sequence[SearchTerm], case_ids: Iterable[int]) -> Mapping[int, float]:
    """Relevance by the text of the case itself: what stands in a file only comes last."""
    own = holding.own(terms)
    return dialect().scores(dialect().match(own), case_ids) if own else {}


class InPlace:
    """A rebuild of the embedded index."""

    def __init__(self, engine: EmbeddedEngine, after: int) -> None:
        self.engine = engine
        self.after = after

    def add(self, documents: Sequence[Document], upto: int) -> None:
        """Index documents."""
        self.engine.index(documents)
        self.after = upto

    def rest(self) -> None:
        """Nothing is to be done: whoever stops it keeps ``after``."""

    def finish(self) -> None:
        """Forget what belongs to no case, and let the database settle the index."""
        self.engine.remove(self.engine.drift().ghosts)
        ghosts, _ = dialect().strays(FILES)
        dialect().forget(ghosts, FILES)
        for table in (CASES, FILES):
            dialect().settle(table)
