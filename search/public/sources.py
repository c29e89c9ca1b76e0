"""Who has something to say in public: each kind of document registers how it is read.

The apps that own letters and pages stand to the left of this one, so they come here. ``live`` is asked
inside every search: what it does not hold is in no hit, total or facet, whatever the index still has.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, Model, OuterRef, Q

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class PublicText:
    """One document as everybody may read it; ``body`` and ``reply`` in the reader's language.

    ``at`` is what it is dated by (``None``: undated). ``other`` is the same in other languages, found
    but not shown. ``origin`` is the row it comes from.
    """

    key: int
    stamp: int
    at: datetime | None
    title: str
    body: str = ""
    reply: str = ""
    other: str = ""
    channel: str = ""
    category: str = ""
    category_name: str = ""
    unit: str = ""
    origin: object = None  # read by templates alone


@dataclass(frozen=True)
class PublicSource:
    """One kind: the live rows, their texts, and the field whose value changes with the text."""

    kind: str
    live: "Callable[[], QuerySet[Model]]"
    texts: Callable[[Iterable[int]], list[PublicText]]
    stamp: str


SOURCES: dict[str, PublicSource] = {}


def register(source: PublicSource) -> None:
    """Make a kind known; called by its app when the product starts."""
    SOURCES[source.kind] = source


def live() -> Q:
    """The condition on entries that their document is public now."""
    condition = Q(pk__in=[])
    for kind, source in SOURCES.items():
        condition |= Q(Exists(source.live().order_by().filter(pk=OuterRef("key"))), kind=kind)
    return condition
