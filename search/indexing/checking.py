"""Check, repair and rebuild of the indexes as an administrator asks for them, done in the background.

One of a kind is under way at a time; asking again gives the same. A repair goes in bounded portions, so
that other background work has its turn; each portion compares anew, so a worker that dies at it, or a
second one, does no harm.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F, Q

from cases.events.lease import free
from cases.machine.outage import gives_back, outage_of, settle
from cases.models import SystemAct
from cases.shapes import Payload
from cases.system import acts
from cases.system.acts import AWAY, DIED, FAILED, STAYS
from search.engines.chosen import engines
from search.engines.port import Drift, Engine, EngineAway
from search.indexing import rebuilding
from search.indexing.drift import repair
from search.public.drift import PublicDrift, public_drift, repair_public

LEASE = timedelta(minutes=10)  # a comparison of many cases takes seconds to minutes
MOST_ATTEMPTS = 3  # of workers that die at it
PORTION = 10  # batches of a repair before other work has its turn
FEW = 20  # entries named in the log
PUBLIC = "public"
KINDS = (SystemAct.CHECK, SystemAct.REPAIR, SystemAct.REBUILD)
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
    settle()
    act = _lease(at)
    if act is None:
        return None
    with gives_back(lambda: _give_back(act)):
        return _go_on(act, at)


def _give_back(act: SystemAct) -> None:
    """Undo the lease an outage cut short: it counts as no death of a worker."""
    mine = SystemAct.objects.filter(pk=act.pk, finished_at=None, leased_until=act.leased_until)
    mine.update(leased_until=None, attempts=F("attempts") - 1)


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
    held = SystemAct.objects.filter(kind__in=KINDS, finished_at=None, leased_until__isnull=False)
    of_a_command = Q(kind=SystemAct.REBUILD, leased_until__lte=at + rebuilding.HELD)
    held.exclude(of_a_command).update(leased_until=None)


def _lease(at: datetime) -> SystemAct | None:
    with transaction.atomic():
        rows = SystemAct.objects.filter(free(at, LEASE), kind__in=KINDS, finished_at=None)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        act = rows.order_by("at", "pk").first()
        if act is not None:
            act.leased_until, act.attempts = at + LEASE, act.attempts + 1
            act.save(update_fields=["leased_until", "attempts"])
    return act


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
    act.found, act.leased_until, act.attempts = found, None, 0
    act.save(update_fields=["found", "leased_until", "attempts"])
