"""Keep the index behind the database by seconds: one duty per changed case.

The duty names the case, not the change: what is indexed is always the case as it is when the duty
runs, so that twice, late or out of order ends the same.
"""

from collections.abc import Sequence

from django.db.models import F
from django.utils import timezone

from cases.events.outbox import Away, consumer
from cases.models import Duty, Event
from cases.system.pulse import beat
from search.engines.chosen import EMBEDDED, elastic, engines
from search.engines.documents import documents
from search.engines.port import Engine, EngineAway

SERVER = "index_elastic"  # what is owed to the search server; "index": to the database's own index


@consumer("index", per="case", with_files=True)
def index_case(duty: Duty) -> None:
    """Index the case of a duty as it is now, or forget it if it is gone."""
    refresh([duty.case_id], EMBEDDED)


def _is_set() -> bool:
    return elastic() is not None


@consumer(SERVER, per="case", outside=True, in_use=_is_set, with_files=True)
def index_on_server(duties: list[Duty]) -> None:
    """Index the cases of duties on the search server; without it the duties wait."""
    server = elastic()
    try:
        refresh(sorted({duty.case_id for duty in duties}), server)
    except EngineAway as away:
        raise Away(str(away)) from away


def refresh(case_ids: Sequence[int], only: Engine | None = None) -> int:
    """Index cases as they are now in every engine (or one), forget those gone; return how many stayed.

    With every engine, what a server that is away should have learned is owed to it. With one, its
    absence raises ``EngineAway``.
    """
    found = documents(case_ids)
    gone = set(case_ids) - {document.case_id for document in found}
    for engine in [only] if only else engines():
        try:
            if gone:
                engine.remove(gone)
            engine.index(found)
            beat(f"indexed.{engine.name}", timezone.now())
        except EngineAway:
            if only:
                raise
            _owe([document.case_id for document in found])
    return len(found)


def _owe(case_ids: Sequence[int]) -> None:
    """Let the outbox tell the server later; the newest event of a case stands for it."""
    now = timezone.now()
    newest = Event.objects.filter(case__in=case_ids, seq=F("case__version"))
    Duty.objects.bulk_create(
        Duty(consumer=SERVER, case_id=case, event_id=event, created_at=now, next_try_at=now)
        for case, event in newest.values_list("case_id", "pk")
    )
