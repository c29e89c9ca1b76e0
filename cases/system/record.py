"""The record of what administrators had the system do: each line is bound to all before it.

Whoever alters, removes or reorders a line, or an act itself, is found by ``manage.py verify_history``.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from cases.events.recorder import ChainEnd, append
from cases.people.person import Person
from cases.system.models.system_record import SystemHistory, SystemRecord

if TYPE_CHECKING:
    from cases.system.models.system_act import SystemAct

ENDS = frozenset({SystemRecord.OVER, SystemRecord.DONE})


def record_act(act: "SystemAct", kind: str, *, by: Person, at: datetime) -> SystemRecord:
    """Append a line about ``act``, inside the transaction that changes it.

    Lines are written one after the other: the row of the record's end is locked until then.
    """
    SystemHistory.objects.get_or_create(pk=SystemHistory.ONLY)
    end = SystemHistory.objects.select_for_update().get(pk=SystemHistory.ONLY)
    line = SystemRecord(act=act, kind=kind)
    line.told = {"act": act.kind} | ({"found": act.found} if kind in ENDS else {})
    end.length, end.head = append(line, ChainEnd(end.length, end.head), by=by, at=at)
    line.save(force_insert=True)
    end.save(update_fields=["length", "head"])
    return line
