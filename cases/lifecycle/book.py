"""The books of cases: the chain of events of each."""

from cases.events.books import RecordBook, keep_book
from cases.events.recorder import ChainEnd
from cases.lifecycle.models.case import Case

CASES = keep_book(
    RecordBook(
        name="case",
        counted="cases",
        rows=lambda: Case.objects.only("number", "event_head", "version").prefetch_related(
            "events"
        ),
        title=lambda case: case.number,
        end=lambda case: ChainEnd(case.version, case.event_head),
        lines=lambda case: case.events.all(),
    )
)
