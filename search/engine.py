"""The engines of this installation: always the one inside the database, the server's when it is set."""

from search.engines.embedded import EmbeddedEngine
from search.port import Engine

EMBEDDED = EmbeddedEngine()


def engines() -> list[Engine]:
    """Every index that is kept up."""
    return [EMBEDDED]


def engine() -> Engine:
    """Return the engine that is asked."""
    return EMBEDDED


def health() -> dict[str, object]:
    """State of the search for ``/health/``."""
    return engine().health()
