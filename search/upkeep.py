"""Keep the index behind the database by seconds: one duty per changed case.

The duty names the case, not the change: what is indexed is always the case as it is when the duty
runs, so that twice, late or out of order ends the same.
"""

from collections.abc import Sequence

from cases.models import Duty
from cases.outbox import consumer
from search.documents import documents
from search.engine import EMBEDDED, engines
from search.port import Engine


@consumer("index", per="case")
def index_case(duty: Duty) -> None:
    """Index the case of a duty as it is now, or forget it if it is gone."""
    refresh([duty.case_id], EMBEDDED)


def refresh(case_ids: Sequence[int], only: Engine | None = None) -> int:
    """Index cases as they are now in every engine (or one), forget those gone; return how many stayed."""
    found = documents(case_ids)
    gone = set(case_ids) - {document.case_id for document in found}
    for engine in [only] if only else engines():
        if gone:
            engine.remove(gone)
        engine.index(found)
    return len(found)
