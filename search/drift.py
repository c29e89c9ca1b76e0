"""How far the index is from the cases: what is missing, stale, or a ghost."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import F

from cases.models import Case
from search.engine import engine
from search.engines.embedded import dialect
from search.models import IndexedCase
from search.upkeep import refresh

BATCH = 500


@dataclass(frozen=True)
class Drift:
    """Case ids by what is wrong with their entry."""

    missing: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)
    ghosts: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.ghosts)


def drift() -> Drift:
    """Compare the index with the table of cases."""
    ghosts, empty = dialect().strays()
    unindexed = Case.objects.filter(indexed=None).values_list("pk", flat=True)
    older = IndexedCase.objects.filter(version__lt=F("case__version"))
    return Drift(
        missing=set(unindexed) | empty,
        stale=set(older.values_list("pk", flat=True)) - empty,
        ghosts=ghosts,
    )


def repair(found: Drift) -> Iterator[int]:
    """Make good what was found; yields the number of cases done in each batch."""
    engine().remove(found.ghosts)
    ids = sorted(found.missing | found.stale)
    for start in range(0, len(ids), BATCH):
        yield refresh(ids[start : start + BATCH])
