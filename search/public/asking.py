"""What may be asked of the public index, and what is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from search.engines.port import Count
from search.public.sources import PublicText

FACETS = ("kind", "channel", "category", "unit", "month")
PAGE = 20
PAGES = 50  # that can be turned to; beyond them the year and the month narrow


@dataclass(frozen=True)
class PublicFilters:
    """Narrowing beside the words; empty means any. ``month``: ``2026`` or ``2026-11``."""

    kind: str = ""
    channel: str = ""
    category: str = ""
    unit: str = ""
    month: str = ""


@dataclass(frozen=True)
class PublicHit:
    """One found document; ``title`` and ``snippet`` are safe HTML with ``<mark>``."""

    kind: str
    text: PublicText
    title: str
    snippet: str


@dataclass(frozen=True)
class PublicWayOut:
    """Another question that does find something: without a filter, or one word alone."""

    count: int
    without: str = ""  # name of the filter left out, "all" for all of them
    word: str = ""


@dataclass(frozen=True)
class PublicResult:
    """One page of the answer; ``first`` is the position of its first hit, counted from 1."""

    total: int
    hits: Sequence[PublicHit]
    facets: Mapping[str, Sequence[Count]]
    page: int = 1
    pages: int = 1
    first: int = 1
    ways: Sequence[PublicWayOut] = field(default=())
    degraded: bool = False
