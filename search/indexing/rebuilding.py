"""Make indexes anew: the one way, for the command and for what an administrator asks for.

A rebuild is an act of the system (``cases.system.acts``): one at a time, told on the page, in the record.
Whoever is at it holds a lease; when that process dies the background work goes on where it was.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from cases.events.lease import Lease
from cases.events.models.leased import LEASED
from cases.models import Case, SystemAct
from cases.people.person import Actor, Person
from cases.shapes import Payload
from cases.system import acts
from cases.system.pulse import beat
from search.engines.chosen import engines
from search.engines.documents import documents
from search.engines.port import Engine
from search.indexing.drift import BATCH
from search.indexing.watching import watched

COMMAND = Actor("system", "manage.py rebuild_index")
LONGEST = timedelta(minutes=10)  # a worker's lease: comparing many cases takes seconds to minutes
LEASE = Lease(  # a command's, from batch to batch
    SystemAct,
    left=Q(kind=SystemAct.REBUILD, finished_at=None),
    lasts=timedelta(seconds=60),
    longest=LONGEST,
)
PORTION = 10  # batches before other background work has its turn


class RebuildBusy(Exception):  # noqa: N818 - a state of affairs
    """Another process is at a rebuild; ``act`` says whose it is."""

    def __init__(self, act: SystemAct) -> None:
        super().__init__(act)
        self.act = act


@dataclass(frozen=True)
class RebuildStep:
    """A batch is in: everything up to case id ``after``; ``done`` cases were in the batch."""

    after: int
    done: int


def fill(
    engine: Engine, *, after: int = 0, anew: bool = False
) -> Generator[RebuildStep, None, None]:
    """Index every case anew, oldest first, and exchange the indexes after the last; searching goes on.

    The first step says where it begins. Closed early, it keeps how far it is. Raises ``EngineAway``.
    """
    work = engine.rebuild(after=after, anew=anew)
    cases = Case.objects.order_by("pk").values_list("pk", flat=True)
    try:
        yield RebuildStep(work.after, 0)
        while ids := list(cases.filter(pk__gt=work.after)[:BATCH]):
            found = documents(ids)
            work.add(found, ids[-1])
            beat(f"indexed.{engine.name}", timezone.now())
            yield RebuildStep(work.after, len(found))
    except GeneratorExit:
        work.rest()
        raise
    work.finish()


def wanting() -> list[str]:
    """Name the engines that have no index, or one of another version of the product."""
    return [one.name for one in watched() if one.wants_rebuild]


def ask(*, by: Person, at: datetime) -> SystemAct | None:
    """Have the indexes made that are wanting; ``None`` when none is. One rebuild is under way at a time."""
    acts.require(by)
    found = {name: {"goes_on": True} for name in wanting()}
    return acts.ask(SystemAct.REBUILD, by=by, at=at, found=found) if found else None


def go_on(told: Payload, name: str) -> Payload:
    """Fill one index by a portion and tell how far it is, in numbers of cases."""
    engine = {one.name: one for one in engines()}.get(name)
    if engine is None:  # it was switched off meanwhile
        return told | {"problem": acts.AWAY, "goes_on": False}
    steps = fill(engine, after=told.get("after", 0))
    for number, step in enumerate(steps):
        told = told | {"after": step.after}
        if number == PORTION:
            steps.close()
            break
    else:
        return told | progress(None) | {"goes_on": False}
    return told | progress(step.after)


def progress(after: int | None) -> dict[str, int]:
    """How many cases there are, and how many of them are in; ``None``: all."""
    whole = Case.objects.count()
    return {
        "whole": whole,
        "done": whole if after is None else Case.objects.filter(pk__lte=after).count(),
    }


class RebuildHeld:
    """A rebuild that this process is at."""

    def __init__(self, act: SystemAct) -> None:
        self.act = act

    def note(self, name: str, **told: int | str) -> None:
        """Tell how far one index is, and hold the act for another while."""
        self.act.found = self.act.found | {name: self.act.found.get(name, {}) | told}
        self.act.hold(timezone.now() + LEASE.lasts)
        self.act.save(update_fields=["found", LEASED])


@contextmanager
def held(names: Iterable[str], *, at: datetime) -> Iterator[RebuildHeld]:
    """Hold the one rebuild for a command that makes the named indexes; raises ``RebuildBusy``.

    What somebody asked for and nobody is at is taken over. Afterwards it is finished, or left to the
    background work when other indexes are still wanting.
    """
    wanted = {name: {"goes_on": True} for name in names}
    until = at + LEASE.lasts
    act, is_new = acts.begin(SystemAct.REBUILD, by=COMMAND, at=at, found=wanted, held_until=until)
    if not is_new:
        if not LEASE.take_over(act, at):
            raise RebuildBusy(act)
        act.found = wanted | act.found
    hold = RebuildHeld(act)
    try:
        yield hold
    except BaseException as error:
        problem = acts.STOPPED if isinstance(error, KeyboardInterrupt) else acts.FAILED
        for name in wanted:
            if act.found[name].get("goes_on"):
                hold.note(name, goes_on=False, problem=problem)
        raise
    finally:
        _let_go(act)


def _let_go(act: SystemAct) -> None:
    if any(told.get("goes_on") for told in act.found.values()):
        act.put_down()
        act.save(update_fields=["found", LEASED])
    else:
        acts.finish(act, act.found, at=timezone.now())
