"""Put right what an index lacks, holds in an old version, or holds too much."""

from collections.abc import Iterator

from search.engines.port import Drift, Engine
from search.indexing.upkeep import refresh

BATCH = 500


def repair(engine: Engine, found: Drift) -> Iterator[int]:
    """Make good what was found; yields the number of cases done in each batch."""
    engine.remove(found.ghosts)
    ids = sorted(found.missing | found.stale)
    for start in range(0, len(ids), BATCH):
        yield refresh(ids[start : start + BATCH], engine)
