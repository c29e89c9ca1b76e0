"""How far the public index is from the public texts, and making it good."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from search.engines.embedded import dialect
from search.engines.tables import PUBLIC
from search.public.entries import PublicEntry
from search.public.sources import SOURCES
from search.public.upkeep import BATCH, forget_public, refresh_public

Document = tuple[str, int]  # kind, key


@dataclass(frozen=True)
class PublicDrift:
    """Documents by what is wrong with their entry; ``texts`` are keys of text without any entry."""

    missing: set[Document] = field(default_factory=set)
    stale: set[Document] = field(default_factory=set)
    ghosts: set[Document] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.ghosts or self.texts)


def public_drift() -> PublicDrift:
    """Compare the index with what is public now; a few queries whatever the size."""
    there = {
        (kind, key): (stamp, pk)
        for kind, key, stamp, pk in PublicEntry.objects.values_list("kind", "key", "stamp", "pk")
    }
    public: dict[Document, int] = {}
    for kind, source in SOURCES.items():
        for key, stamp in source.live().order_by().values_list("pk", source.stamp):
            public[kind, key] = stamp or 0
    texts, empty = dialect().strays(PUBLIC)
    return PublicDrift(
        missing={one for one in public if one not in there or there[one][1] in empty},
        stale={one for one, stamp in public.items() if one in there and there[one][0] != stamp},
        ghosts={one for one in there if one not in public},
        texts=texts,
    )


def repair_public(found: PublicDrift) -> Iterator[int]:
    """Make good what was found; yields the number of documents done in each batch."""
    dialect().forget(found.texts, PUBLIC)
    for kind in {kind for kind, _ in found.ghosts}:
        forget_public(kind, [key for one, key in found.ghosts if one == kind])
    yield from _batches(found.missing | found.stale)


def rebuild_public() -> Iterator[int]:
    """Index every public document anew, in batches; what is public no more is forgotten."""
    public = {
        (kind, key)
        for kind, source in SOURCES.items()
        for key in source.live().order_by().values_list("pk", flat=True)
    }
    yield from _batches(public)
    for _ in repair_public(public_drift()):
        pass
    dialect().settle(PUBLIC)


def _batches(documents: set[Document]) -> Iterator[int]:
    for kind in sorted({kind for kind, _ in documents}):
        keys = sorted(key for one, key in documents if one == kind)
        for start in range(0, len(keys), BATCH):
            yield refresh_public(kind, keys[start : start + BATCH])
