"""Since when each engine answers, or is away: noted by the background work, read by a page."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from cases.system.pulse import last_beat
from search.engines.absence import WANT_REBUILD
from search.engines.chosen import engines
from search.engines.port import Engine

ANSWERS = frozenset({"ok", "behind"})


@dataclass(frozen=True)
class Watched:
    """State of one engine now; ``since`` is known once the background work has seen the same."""

    name: str
    status: str
    waiting: int | None
    reason: str
    answers: bool
    since: datetime | None
    indexed_at: datetime | None

    @property
    def wants_rebuild(self) -> bool:
        """Whether it has no index, or one of another version of the product."""
        return self.reason in WANT_REBUILD


def _key(name: str) -> str:
    return f"search.since.{name}"


def look(at: datetime) -> dict[str, bool]:
    """Ask each engine whether it answers, and note the moment of a change."""
    found = {}
    for engine in engines():
        answers = engine.health()["status"] in ANSWERS
        noted = cache.get(_key(engine.name))
        if noted is None or noted[0] != answers:
            cache.set(_key(engine.name), (answers, at), timeout=None)
        found[engine.name] = answers
    return found


def watched() -> list[Watched]:
    """Every engine as it is at this moment; a server that is away costs its time-out."""
    return [_watched(engine) for engine in engines()]


def _watched(engine: Engine) -> Watched:
    told = engine.health()
    answers = told["status"] in ANSWERS
    noted = cache.get(_key(engine.name))
    waiting = told.get("waiting")
    return Watched(
        name=engine.name,
        status=str(told["status"]),
        waiting=waiting if isinstance(waiting, int) else None,
        reason=str(told.get("reason", "")),
        answers=answers,
        since=noted[1] if noted and noted[0] == answers else None,
        indexed_at=last_beat(f"indexed.{engine.name}"),
    )
