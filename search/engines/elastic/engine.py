"""The port on Elasticsearch."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog
from django.db.models import Count
from django.utils.functional import cached_property
from elasticsearch import ApiError
from elasticsearch_dsl.query import MatchAll
from elasticsearch_dsl.query import Query as Filter

from cases.models import Case, Duty
from cases.people.person import Person
from search.engines.absence import NO_INDEX, OTHER_SCHEME, UNTOLD
from search.engines.counting import BEHIND
from search.engines.documents import read_files
from search.engines.elastic import answering, asking, likes
from search.engines.elastic.indices import NOTE_EVERY, Indices, Target
from search.engines.elastic.mapping import scheme, version_of
from search.engines.elastic.server import Server
from search.engines.elastic.sight import permitted
from search.engines.port import Document, Drift, EngineAway, Health, Like, Query, Result

if TYPE_CHECKING:
    from django.db.models import QuerySet

CONSUMER = "index_elastic"  # of the outbox (search.indexing.upkeep)
MOST_IDS = 10_000  # a set of cases that no viewer describes is passed by its ids
log = structlog.get_logger("search")


class ElasticEngine:
    """One office's index on a server."""

    name = asking.NAME

    def __init__(self, urls: list[str], prefix: str, ca_certs: str = "") -> None:
        self._address = (urls, ca_certs)
        self.prefix = prefix
        self.is_seen_at_once = False  # tests do not wait for the next refresh

    @cached_property
    def server(self) -> Server:
        """The client, made when it is first needed: after a web process has forked."""
        return Server(*self._address)

    @property
    def indices(self) -> Indices:
        """The indexes of this office."""
        return Indices(self.server, self.prefix, self.is_seen_at_once)

    def exists(self) -> bool:
        """Whether the alias leads to an index."""
        return bool(self.indices.behind(self.indices.alias))

    def index(self, documents: Iterable[Document]) -> int:
        """Store documents; the server keeps the newer version of each."""
        return self.indices.store(list(documents), self.indices.targets)

    def remove(self, case_ids: Iterable[int]) -> None:
        """Forget cases."""
        self.indices.forget(case_ids, self.indices.targets)

    def search(self, query: Query, visible: "QuerySet[Case]") -> Result:
        """Answer one page with exact total and facets, in one question to the server."""
        sight = permitted(query.viewer) if query.viewer else _by_ids(visible)
        asked = asking.search_for(query, sight).index(self.indices.alias)
        with _refusal_as_absence():
            answer = self.server.ask(lambda client: asked.using(client).execute())
        return answering.result(answer.to_dict(), query, visible)

    def similar(
        self, text: str, visible: "QuerySet[Case]", limit: int = 5, *, viewer: Person | None = None
    ) -> list[Like]:
        """Return the visible cases sharing most of the rare wording of ``text``."""
        sight = permitted(viewer) if viewer else MatchAll()  # rows are checked in either case
        with _refusal_as_absence():
            return likes.alike(self.server, self.indices.alias, text, sight, visible, limit)

    def health(self) -> Health:
        """Look for the index and count what waits to be indexed."""
        waiting = Duty.objects.filter(consumer=CONSUMER).count()
        try:
            behind = self.indices.behind(self.indices.alias)
        except EngineAway as away:
            return {"status": "degraded", "waiting": waiting, "reason": str(away)}
        except ApiError:
            log.exception("search server refused to tell its state")
            return {"status": "degraded", "waiting": waiting, "reason": UNTOLD}
        if not behind:
            return {"status": "degraded", "waiting": waiting, "reason": NO_INDEX}
        if any(meta.get("scheme") != scheme() for meta in behind.values()):
            return {
                "status": "behind",
                "waiting": waiting,
                "reason": OTHER_SCHEME,
            }
        return {"status": "ok" if waiting < BEHIND else "behind", "waiting": waiting}

    def drift(self) -> Drift:
        """Walk index and table side by side, in order of id."""
        found = Drift()
        cases = Case.objects.order_by("pk")
        last = 0
        for entries in self.indices.versions():
            upto = entries[-1][0]
            rows = cases.filter(pk__gt=last, pk__lte=upto)
            _compare(_versions(rows), dict(entries), found)
            last = upto
        found.missing.update(cases.filter(pk__gt=last).values_list("pk", flat=True))
        return found

    def rebuild(self, *, after: int = 0, anew: bool = False) -> "Beside":
        """Fill a new index beside the old one; a stopped one is gone on with where it says it is."""
        return Beside(self.indices, *self.indices.begin(anew=anew))


class Beside:
    """A new index being filled while the old one is asked."""

    def __init__(self, indices: Indices, name: str, after: int) -> None:
        self.indices = indices
        self.name = name
        self.after = after
        self._batches = 0

    def add(self, documents: Sequence[Document], upto: int) -> None:
        """Index documents into the new index only."""
        self.indices.store(documents, [Target(self.indices.next, is_optional=False)])
        self.after = upto
        self._batches += 1
        if self._batches % NOTE_EVERY == 0:
            self.rest()

    def rest(self) -> None:
        """Write down in the new index itself how far it is filled."""
        self.indices.note(self.name, self.after)

    def finish(self) -> None:
        """Exchange the indexes."""
        self.indices.exchange(self.name)


@contextmanager
def _refusal_as_absence() -> Iterator[None]:
    """A question that the server refuses is answered by the database; our log says what it was."""
    try:
        yield
    except ApiError as error:
        log.exception("search server refused a question")
        raise EngineAway("The search server refused the question.") from error


def _by_ids(visible: "QuerySet[Case]") -> Filter:
    ids = list(visible.order_by().values_list("pk", flat=True)[: MOST_IDS + 1])
    if len(ids) > MOST_IDS:
        raise EngineAway("More cases than can be named to the search server.")
    return asking.among("_id", ids)


def _versions(cases: "QuerySet[Case]") -> dict[int, int]:
    """What each entry's version should be."""
    read = read_files().filter(attachment__case__in=cases).order_by()
    files = dict(
        read.values("attachment__case").annotate(n=Count("pk")).values_list("attachment__case", "n")
    )
    rows = cases.values_list("pk", "version")
    return {pk: version_of(version, files.get(pk, 0)) for pk, version in rows}


def _compare(cases: dict[int, int], entries: dict[int, int], found: Drift) -> None:
    found.missing.update(cases.keys() - entries.keys())
    found.ghosts.update(entries.keys() - cases.keys())
    found.stale.update(pk for pk in cases.keys() & entries.keys() if entries[pk] < cases[pk])
