"""The record of an export: each line is bound to all before it; the asker is told of those that end it."""

from datetime import datetime
from typing import TYPE_CHECKING

from cases.events.recorder import ChainEnd, append
from cases.models import Notice
from cases.people.person import Person
from cases.shapes import Payload
from search.exports.models.export_step import ExportStep

if TYPE_CHECKING:
    from search.exports.models.export import ExportRequest

TOLD = ("export_refused", "export_made", "export_failed")  # the asker gets a notice of these


def record_export(
    export: "ExportRequest", kind: str, *, by: Person, at: datetime, note: str = ""
) -> None:
    """Append a line; moves the end of the record on the export (not saved), whose row the caller holds."""
    line = ExportStep(export=export, kind=kind, note=note)
    end = ChainEnd(export.history_length, export.history_head)
    export.history_length, export.history_head = append(line, end, by=by, at=at)
    line.save(force_insert=True)


class ExportRecording:
    """An export whose step is saved and recorded."""

    def __init__(self, export: "ExportRequest") -> None:
        self.export = export

    def keep(self, event: str, payload: Payload, *, by: Person, at: datetime) -> None:
        """Save it, write its line, and tell the asker what they wait for."""
        record_export(self.export, event, by=by, at=at, note=payload.get("note", ""))
        self.export.save()
        if event in TOLD:
            _tell(self.export, event, at)


def _tell(export: "ExportRequest", event: str, at: datetime) -> None:
    facts = {"export": export.pk, "number": export.number, "note": export.problem or export.note}
    Notice.objects.create(
        user_id=export.asker_id, kind=event, at=at, payload=facts | {"rows": export.rows}
    )
