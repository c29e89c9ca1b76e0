"""Have the system do something: who may, one of a kind at a time, and each act in the record."""

from datetime import datetime

from django.db import IntegrityError, transaction

from cases.errors import IllegalStep, NotPermitted
from cases.people.permissions import may
from cases.people.person import SYSTEM, Person
from cases.shapes import Payload
from cases.system.models.system_act import SystemAct
from cases.system.models.system_record import SystemRecord
from cases.system.record import record_act

# What hindered an act, kept in ``found``.
AWAY, FAILED, DIED, STAYS, STOPPED = "away", "failed", "died", "stays", "stopped"


def require(by: Person) -> None:
    """Raise ``NotPermitted`` for anybody who may not have the system do anything."""
    if not may(by, "system.watch"):
        raise NotPermitted(f"system.watch by {by.name}")


def ask(kind: str, *, by: Person, at: datetime, found: Payload | None = None) -> SystemAct:
    """Have something done in the background; what is under way already is returned as it is."""
    require(by)
    return begin(kind, by=by, at=at, found=found)[0]


def begin(
    kind: str,
    *,
    by: Person,
    at: datetime,
    found: Payload | None = None,
    held_until: datetime | None = None,
) -> tuple[SystemAct, bool]:
    """Write an act down as asked for; ``False`` when one of its kind is under way: that one is given.

    With ``held_until`` the caller does it now and nobody else takes it until then.
    """
    act = SystemAct(kind=kind, at=at, actor_id=by.pk, actor_name=by.name, found=found or {})
    if held_until:
        act.hold(held_until)
    try:
        with transaction.atomic():
            act.save(force_insert=True)
            record_act(act, SystemRecord.ASKED, by=by, at=at)
    except IntegrityError:
        under_way = SystemAct.objects.filter(kind=kind, finished_at=None).first()
        if under_way is None:  # over in this very moment, or another fault
            raise
        return under_way, False
    return act, True


def finish(act: SystemAct, found: Payload, *, at: datetime) -> None:
    """Write down what came of it; the second of two workers that finish it changes nothing."""
    try:
        act.finish(found=found, by=SYSTEM, at=at)
    except IllegalStep:  # what the first one found stands
        act.__dict__.update(SystemAct.objects.get(pk=act.pk).__dict__)
