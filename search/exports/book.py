"""The book of exports: who asked, who decided, each download."""

from cases.events.books import RecordBook, keep_book
from search.exports.models.export import ExportRequest

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
    )
)
