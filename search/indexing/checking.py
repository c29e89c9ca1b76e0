"""Check, repair and rebuild of the indexes as an administrator asks for them, done in the background.

One of a kind is under way at a time; asking again gives the same. A repair goes in bounded portions, so
that other background work has its turn; each portion compares anew, so a worker that dies at it, or a
second one, does no harm.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import structlog
from django.db.models import Q

from cases.events.lease import Lease
from cases.events.models.leased import LEASED
from cases.machine.outage import outage_of
from cases.models import SystemAct
from cases.shapes import Payload
from cases.system import acts
from cases.system.acts import AWAY, DIED, FAILED, STAYS
from search.engines.chosen import engines
from search.engines.port import Drift, Engine, EngineAway
from search.indexing import rebuilding
from search.indexing.drift import repair
from search.public.drift import PublicDrift, public_drift, repair_public

MOST_ATTEMPTS = 3  # of workers that die at it
PORTION = 10  # batches of a repair before other work has its turn
FEW = 20  # entries named in the log
PUBLIC = "public"
KINDS = (SystemAct.CHECK, SystemAct.REPAIR, SystemAct.REBUILD)
LEASE = Lease(
    SystemAct,
    left=Q(kind__in=KINDS, finished_at=None),
    order=("at", "pk"),
    lasts=rebuilding.LONGEST,
)
log = structlog.get_logger("search")
AnyDrift = Drift | PublicDrift


@dataclass(frozen=True)
class Index:
    """One index: how it is compared and how it is put right."""

    name: str
    drift: Callable[[], AnyDrift]
    repair: Callable[[Any], Iterator[int]]


def indexes() -> list[Index]:
    """Every index of this office, the public one last."""
    return [*map(_of, engines()), Index(PUBLIC, public_drift, repair_public)]


def _of(engine: Engine) -> Index:
    return Index(engine.name, engine.drift, lambda found: repair(engine, found))


def work_next(at: datetime) -> SystemAct | None:
    """Go on with the oldest of them that nobody is at; ``None`` when there is none."""
    act = LEASE.take_next(at)
    if act is None:
        return None
    with LEASE.gives_back([act], at):
        return _go_on(act, at)


def _go_on(act: SystemAct, at: datetime) -> SystemAct:
    names = act.found if act.kind == SystemAct.REBUILD else [one.name for one in indexes()]
    if act.attempts > MOST_ATTEMPTS:
        died = {name: {"problem": DIED} for name in names}
        acts.finish(act, died, at=at)
        return act
    found = {name: _work(act, name) for name in names}
    if any(told.get("goes_on") for told in found.values()):
        _rest(act, found)
    else:
        acts.finish(act, found, at=at)
    return act


def let_go(at: datetime) -> None:
    """Free what a worker that is dead held; for the only worker of a machine, at its start.

    Not a rebuild that a command is at: it holds the act for a shorter while.
    """
    LEASE.let_go(but=rebuilding.LEASE.held(at))


def _work(act: SystemAct, name: str) -> Payload:
    """Work at one index, by a portion, and tell it in numbers."""
    told: Payload = act.found.get(name, {})
    if told and not told.get("goes_on"):
        return told  # done in an earlier portion
    try:
        if act.kind == SystemAct.REBUILD:
            return rebuilding.go_on(told, name)
        return _compare(act, {one.name: one for one in indexes()}[name], told)
    except EngineAway:
        return told | {"problem": AWAY, "goes_on": False}
    except Exception as error:  # told on the page; the others have their turn all the same
        if outage_of(error):
            raise
        log.exception("work on an index failed", index=name, act=act.kind)
        return told | {"problem": FAILED, "goes_on": False}


def _compare(act: SystemAct, index: Index, told: Payload) -> Payload:
    found = index.drift()
    told = {"first": told.get("first") or _numbers(found), "left": _numbers(found)}
    if act.kind == SystemAct.CHECK or not found:
        return told
    for _ in islice(index.repair(found), PORTION):
        pass
    left = index.drift()
    told["left"] = _numbers(left)
    if left and _sum(left) < _sum(found):
        told["goes_on"] = True
    elif left:
        told["problem"] = STAYS
        some = {what: sorted(ids)[:FEW] for what, ids in vars(left).items() if ids}
        log.warning("repaired, yet some entries are wrong", index=index.name, **some)
    return told


def _numbers(found: AnyDrift) -> dict[str, int]:
    over = len(found.ghosts) + len(getattr(found, "texts", ()))
    return {"missing": len(found.missing), "stale": len(found.stale), "over": over}


def _sum(found: AnyDrift) -> int:
    return sum(_numbers(found).values())


def _rest(act: SystemAct, found: Payload) -> None:
    act.found, act.attempts = found, 0
    act.put_down()
    act.save(update_fields=["found", "attempts", LEASED])
