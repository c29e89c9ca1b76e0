"""Check the event chains of all cases: what was altered, cut, or reordered is named."""

from collections.abc import Iterable, Iterator
from functools import partial

from cases.events.chained import BATCH, Chain, faults
from cases.events.models.event import Event
from cases.lifecycle.models.case import Case


def case_chains() -> Iterator[Chain]:
    """Every case's chain, in order of id; a portion of them in memory."""
    after = 0
    while ids := list(
        Case.objects.order_by("pk").filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]
    ):
        yield from _read(ids)
        after = ids[-1]


def broken_chains() -> Iterator[tuple[str, str | None]]:
    """Yield ``(case number, None or a sentence)`` for every case, in order of id."""
    return faults(case_chains())


def _read(ids: Iterable[int]) -> Iterator[Chain]:
    columns = ("pk", "number", "event_head", "version")
    rows = list(Case.objects.filter(pk__in=ids).order_by("pk").values_list(*columns))
    events: dict[int, list[Event]] = {pk: [] for pk, *_rest in rows}
    for event in Event.objects.filter(case__in=ids).order_by("case_id", "seq"):
        events.setdefault(event.case_id, []).append(event)
    for pk, number, head, count in rows:
        links = [(event.seq, event.hash, event.facts(number)) for event in events[pk]]
        yield Chain(f"case {pk}", number, links, head, count, partial(_one, pk))


def _one(pk: int) -> Chain | None:
    return next(_read([pk]), None)
