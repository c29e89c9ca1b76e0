"""The record of what administrators had the system do: each line is bound to all before it.

Whoever alters, removes or reorders a line, or an act itself, is found by ``manage.py verify_history``.
"""

from collections.abc import Iterator
from datetime import datetime

from cases.events.chain import link
from cases.events.chained import Chain, faults
from cases.people.person import Person
from cases.privacy.keyring import CHAIN
from cases.privacy.keys import newest
from cases.system.models.system_act import SystemAct
from cases.system.models.system_record import SystemHistory, SystemRecord

ENDS = frozenset({SystemRecord.OVER, SystemRecord.DONE})


def record_act(act: SystemAct, kind: str, *, by: Person, at: datetime) -> SystemRecord:
    """Append a line about ``act``, inside the transaction that changes it.

    Lines are written one after the other: the row of the record's end is locked until then.
    """
    SystemHistory.objects.get_or_create(pk=SystemHistory.ONLY)
    end = SystemHistory.objects.select_for_update().get(pk=SystemHistory.ONLY)
    line = SystemRecord(
        seq=end.length + 1,
        act=act,
        kind=kind,
        at=at,
        actor_kind=by.kind,
        actor_id=by.pk,
        actor_name=by.name,
        told={"act": act.kind} | ({"found": act.found} if kind in ENDS else {}),
    )
    line.hash = link(newest(CHAIN).raw, end.head, line.facts())
    line.save(force_insert=True)
    end.length, end.head = line.seq, line.hash
    end.save(update_fields=["length", "head"])
    return line


def record_chain() -> Chain:
    """The record as one chain."""
    lines = SystemRecord.objects.order_by("seq")
    end = SystemHistory.objects.filter(pk=SystemHistory.ONLY).first() or SystemHistory()
    links = [(line.seq, line.hash, line.facts()) for line in lines]
    return Chain("record", "record", links, end.head, end.length, record_chain)


def broken_acts() -> Iterator[tuple[str, str | None]]:
    """Yield ``(what, None or a sentence)`` for the record as a whole, then for every act."""
    yield from faults([record_chain()])
    lines = list(SystemRecord.objects.order_by("seq"))
    begun = {line.act_id: line for line in lines if line.kind != SystemRecord.OVER}
    ended = {line.act_id: line for line in lines if line.kind in ENDS}
    for act in SystemAct.objects.order_by("pk"):
        whole = _is_as_recorded(act, begun.get(act.pk), ended.get(act.pk))
        yield f"act {act.pk}", None if whole else "it is not as it was recorded"


def _is_as_recorded(act: SystemAct, begun: SystemRecord | None, ended: SystemRecord | None) -> bool:
    if begun is None or begun.told["act"] != act.kind:
        return False
    if (begun.at, begun.actor_id, begun.actor_name) != (act.at, act.actor_id, act.actor_name):
        return False
    if ended is None or act.finished_at is None:
        return ended is None and act.finished_at is None
    return (ended.at, ended.told["found"]) == (act.finished_at, act.found)
