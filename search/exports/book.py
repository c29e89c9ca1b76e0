"""The book of exports: who asked, who decided, each download; and whether the exports are as recorded."""

from collections.abc import Iterator
from functools import partial

from cases.events.books import Judged, RecordBook, keep_book, still
from cases.events.chained import BATCH
from search.exports.models.export import ExportRequest, ExportState

STANDS = {
    "export_asked": ExportState.ASKED,
    "export_approved": ExportState.APPROVED,
    "export_refused": ExportState.REFUSED,
    "export_made": ExportState.MADE,
    "export_failed": ExportState.FAILED,
    "export_expired": ExportState.EXPIRED,
}
DECIDED = ("export_approved", "export_refused")


def altered_exports() -> Iterator[Judged]:
    """Every export by its number, with a sentence when its row says something else than its lines."""
    rows = ExportRequest.objects.order_by("pk").prefetch_related("steps")
    for export in rows.iterator(chunk_size=BATCH):
        whole = _is_as_recorded(export)
        yield export.number, None if whole else still(partial(_is_whole_now, export.pk))


def _is_whole_now(pk: int) -> bool:
    return _is_as_recorded(ExportRequest.objects.prefetch_related("steps").get(pk=pk))


def _is_as_recorded(export: ExportRequest) -> bool:
    lines = {line.kind: line for line in export.steps.all()}
    moved = [kind for kind in lines if kind in STANDS]
    asked = lines.get("export_asked")
    if asked is None or export.state != STANDS[moved[-1]]:
        return False
    if (asked.actor_id, asked.at, asked.note) != (export.asker_id, export.asked_at, export.reason):
        return False
    decided = next((lines[kind] for kind in DECIDED if kind in lines), None)
    said = (decided.actor_id, decided.at, decided.note) if decided else (None, None, "")
    if said != (export.decider_id, export.decided_at, export.note):
        return False
    made = lines.get("export_made")
    return made is None or (made.at, made.note) == (export.made_at, str(export.rows))


EXPORTS = keep_book(
    RecordBook(
        name="export",
        counted="exports",
        rows=lambda: ExportRequest.objects.only(
            "asked_at", "history_head", "history_length"
        ).prefetch_related("steps"),
        title=lambda export: export.number,
        end=("history_length", "history_head"),
        lines=lambda export: export.steps.all(),
        beside=altered_exports,
    )
)
