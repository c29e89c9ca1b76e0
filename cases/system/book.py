"""The book of the system: its record, and whether the acts themselves are as they were recorded."""

from collections.abc import Iterator
from functools import partial

from cases.events.books import Judged, RecordBook, keep_book, still
from cases.system.models.system_act import SystemAct
from cases.system.models.system_record import SystemHistory, SystemRecord
from cases.system.record import ENDS


def altered_acts() -> Iterator[Judged]:
    """Every act by its number, with a sentence when its row differs from its lines."""
    lines = list(SystemRecord.objects.order_by("seq"))
    if lines and not SystemHistory.objects.exists():
        yield "record", "the row with its end is gone"
    begun = {line.act_id: line for line in lines if line.kind != SystemRecord.OVER}
    ended = {line.act_id: line for line in lines if line.kind in ENDS}
    for act in SystemAct.objects.order_by("pk"):
        whole = _is_as_recorded(act, begun.get(act.pk), ended.get(act.pk))
        yield f"act {act.pk}", None if whole else still(partial(_is_whole_now, act.pk))


def _is_whole_now(pk: int) -> bool:
    lines = {line.kind: line for line in SystemRecord.objects.filter(act=pk).order_by("seq")}
    begun = lines.get(SystemRecord.ASKED) or lines.get(SystemRecord.DONE)
    ended = lines.get(SystemRecord.OVER) or lines.get(SystemRecord.DONE)
    return _is_as_recorded(SystemAct.objects.get(pk=pk), begun, ended)


def _is_as_recorded(act: SystemAct, begun: SystemRecord | None, ended: SystemRecord | None) -> bool:
    if begun is None or begun.told["act"] != act.kind:
        return False
    if (begun.at, begun.actor_id, begun.actor_name) != (act.at, act.actor_id, act.actor_name):
        return False
    if act.is_over != (ended is not None):
        return False
    return ended is None or (ended.at, ended.told["found"]) == (act.finished_at, act.found)


SYSTEM_BOOK = keep_book(
    RecordBook(
        name="record",
        counted="acts on the system",
        rows=SystemHistory.objects.all,
        title=lambda _end: "record",
        end=("length", "head"),
        lines=lambda _end: SystemRecord.objects.order_by("seq"),
        beside=altered_acts,
        is_single=True,
    )
)
