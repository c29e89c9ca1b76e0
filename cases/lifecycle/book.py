"""The books of cases: the chain of events of each."""

from cases.events.books import RecordBook, keep_book
from cases.lifecycle.models.case import Case

CASES = keep_book(
    RecordBook(
        name="case",
        counted="cases",
        rows=lambda: Case.objects.only("number", "event_head", "version").prefetch_related(
            "events"
        ),
        title=lambda case: case.number,
        end=("version", "event_head"),
        lines=lambda case: case.events.all(),
    )
)
