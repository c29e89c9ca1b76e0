"""The index behind its alias: made, written, filled anew beside the old one, exchanged, compared.

The alias ``<prefix>-cases`` is what is asked and written. While a new index is being filled it has the
alias ``<prefix>-cases-next`` and whatever changes is written to both; versions keep the newer of two
writes, so nothing that happens meanwhile is lost.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple

from django.utils import timezone
from elasticsearch import Elasticsearch

from search.engines.absence import LOCKED, NO_INDEX, REFUSED
from search.engines.elastic.mapping import body, creation, scheme, version_of
from search.engines.elastic.server import BUSY, SHUT, Json, Server
from search.engines.facts import facts
from search.engines.port import Document, EngineAway

FORGOTTEN = 2**62  # version of a removal: nothing that is still under way comes after it
PAGE = 5_000
CONFLICT, ABSENT = 409, 404  # an older version came late; nothing there to forget, or no such alias
PORTION_CHARACTERS = 2_000_000  # of files in one request: about 15 MB to each of two indexes
NOTE_EVERY = 10  # batches between two notes of how far a rebuild has come


class IndexingFailed(Exception):  # noqa: N818 - said to a person as it is
    """The server refused documents; the message says which and why."""


class Target(NamedTuple):
    """Where to write, and whether it may be absent."""

    alias: str
    is_optional: bool


@dataclass(frozen=True)
class Indices:
    """Names of one office's indexes on a server, and what is done with them."""

    server: Server
    prefix: str
    refresh: bool = False  # tests see at once what they wrote

    @property
    def alias(self) -> str:
        """What is asked."""
        return f"{self.prefix}-cases"

    @property
    def next(self) -> str:
        """What is being filled."""
        return f"{self.prefix}-cases-next"

    @property
    def targets(self) -> tuple[Target, Target]:
        """Where a change is written."""
        return Target(self.alias, is_optional=False), Target(self.next, is_optional=True)

    def behind(self, alias: str) -> dict[str, Json]:
        """Return the indexes behind an alias with what they note of themselves."""
        found = self.server.tell(
            lambda client: client.options(ignore_status=ABSENT).indices.get(
                index=alias, features="mappings"
            )
        )
        return {
            name: told["mappings"].get("_meta", {})
            for name, told in found.body.items()
            if isinstance(told, dict) and "mappings" in told
        }

    def store(self, documents: Sequence[Document], targets: Sequence[Target]) -> int:
        """Write documents with their versions; return how many were news to the first target."""
        known = facts(document.case_id for document in documents)
        present = [document for document in documents if document.case_id in known]
        done = 0
        for portion in _portions(present):
            fields = [(document, body(document, known[document.case_id])) for document in portion]
            lines = chain.from_iterable(
                ({"index": _action(target, document.case_id, _version(document))}, told)
                for target in targets
                for document, told in fields
            )
            done += self._bulk(list(lines), targets)
        return done

    def forget(self, case_ids: Iterable[int], targets: Sequence[Target]) -> None:
        """Remove cases for good."""
        ids = list(case_ids)
        self._bulk(
            [{"delete": _action(target, pk, FORGOTTEN)} for target in targets for pk in ids],
            targets,
        )

    def _bulk(self, lines: list[Json], targets: Sequence[Target]) -> int:
        """Do the same acts on each target; return how many succeeded on the first."""
        if not lines:
            return 0
        answer = self.server.tell(partial(_bulk, lines=lines, refresh=self.refresh))
        items = [told for item in answer for told in item.values()]
        each = len(items) // len(targets)
        done, refused = 0, []
        for at, told in enumerate(items):
            target = targets[at // each]
            status, reason = told["status"], told.get("error", {}).get("reason", "")
            if status < 300:  # noqa: PLR2004
                done += target is targets[0]
            elif status in BUSY:
                raise EngineAway(f"The search server is busy: {reason}")
            elif status in SHUT:
                raise EngineAway(LOCKED if "cluster_block" in told["error"]["type"] else REFUSED)
            elif status == ABSENT and reason and not target.is_optional:
                raise EngineAway(NO_INDEX)
            elif status not in {CONFLICT, ABSENT}:
                refused.append(f"case {told['_id']}: {reason}")
        if refused:
            raise IndexingFailed(f"{len(refused)} refused: {'; '.join(refused[:5])}")
        return done

    def versions(self) -> Iterator[list[tuple[int, int]]]:
        """Yield the (case id, version) of every entry, in order of id.

        What was written a moment ago is made visible first: it is not missing.
        """
        self.server.tell(lambda client: client.indices.refresh(index=self.alias))
        after: list[int] = []
        while True:
            found = self.server.tell(partial(_versions, alias=self.alias, after=after))
            if not found:
                return
            yield [(int(hit["_id"]), hit["_version"]) for hit in found]
            after = found[-1]["sort"]

    def begin(self, *, anew: bool) -> tuple[str, int]:
        """Make the next index or go on with a stopped one; return its name and how far it is."""
        for name, meta in self.behind(self.next).items():
            if not anew and meta.get("scheme") == scheme():
                return name, int(meta.get("upto", 0))
            self.server.tell(partial(_delete, name=name))
        name = f"{self.alias}-{timezone.now():%Y%m%d%H%M%S%f}"
        made = creation() | {"aliases": {self.next: {}}}
        self.server.tell(lambda client: client.indices.create(index=name, **made))
        return name, 0

    def note(self, name: str, upto: int) -> None:
        """Write down how far the next index is filled, so that a stopped rebuild can go on."""
        meta = {"scheme": scheme(), "upto": upto}
        self.server.tell(lambda client: client.indices.put_mapping(index=name, meta=meta))

    def exchange(self, name: str) -> None:
        """Put the next index in the place of the old one, in one step, and drop the old one."""
        self.server.tell(lambda client: client.indices.refresh(index=name))
        acts: list[Json] = [
            {"add": {"index": name, "alias": self.alias}},
            {"remove": {"index": name, "alias": self.next}},
        ]
        acts += [{"remove_index": {"index": old}} for old in self.behind(self.alias)]
        self.server.tell(lambda client: client.indices.update_aliases(actions=acts))


def _action(target: Target, case_id: int, version: int) -> Json:
    return {
        "_index": target.alias,
        "_id": str(case_id),
        "version": version,
        "version_type": "external_gte",
        "require_alias": True,
    }


def _portions(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Cut where the text of files would make one request too large for a server (100 MB)."""
    portion: list[Document] = []
    size = 0
    for document in documents:
        size += sum(len(file.body) for file in document.files)
        if portion and size > PORTION_CHARACTERS:
            yield portion
            portion, size = [], sum(len(file.body) for file in document.files)
        portion.append(document)
    if portion:
        yield portion


def _version(document: Document) -> int:
    return version_of(document.version, len(document.files))


def _bulk(client: Elasticsearch, lines: list[Json], *, refresh: bool) -> list[Json]:
    return list(client.bulk(operations=lines, refresh=refresh)["items"])


def _delete(client: Elasticsearch, name: str) -> None:
    client.indices.delete(index=name)


def _versions(client: Elasticsearch, alias: str, after: list[int]) -> list[Json]:
    answer = client.search(
        index=alias,
        size=PAGE,
        version=True,
        source=False,
        sort=[{"case": "asc"}],
        search_after=after or None,
    )
    return list(answer["hits"]["hits"])
