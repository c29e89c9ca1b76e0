"""Check the event chains of all cases: what was altered, cut, or reordered is named."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings

from cases.chain import first_break
from cases.models import Case, Event


def broken_chains() -> Iterator[tuple[str, str | None]]:
    """Yield ``(case number, None or a sentence)`` for every case, in order of id."""
    key = settings.CHAIN_KEY.encode()
    events = Event.objects.order_by("case_id", "seq").iterator(chunk_size=2000)
    grouped = groupby(events, lambda event: event.case_id)
    current = next(grouped, None)
    columns = ("pk", "number", "event_head", "version")
    for pk, number, head, count in Case.objects.order_by("pk").values_list(*columns).iterator():
        rows: Any = ()
        if current is not None and current[0] == pk:
            rows = [(event.seq, event.hash, event.facts(number)) for event in current[1]]
            current = next(grouped, None)
        yield number, first_break(key, rows, head, count)
