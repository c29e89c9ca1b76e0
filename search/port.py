"""What any search engine must be able to do, and the words it is asked in.

Engines are given a ``visible`` queryset of cases and answer inside it only: totals, facets and
snippets are computed over *visible and matching*, never over all and filtered afterwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from search.query_language import Term

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cases.models import Case

PAGE = 50
FACETS = (
    "state",
    "unit",
    "category",
    "channel",
    "demand_type",
    "region",
    "urgency",
    "overdue",
    "month",
)
OVERDUE = ("yes", "no")  # an open case with a task past its due time at the moment of asking


class Sort(StrEnum):
    """Orders of the hits."""

    NEWEST = "newest"
    RELEVANCE = "relevance"
    DUE = "due"


@dataclass(frozen=True)
class Document:
    """Searchable text of one case at one version. Never holds a name or number of a person."""

    case_id: int
    version: int
    title: str
    body: str
    reply: str
    place: str


@dataclass(frozen=True)
class Filters:
    """Narrowing beside the words. Empty means any; units, categories and places are ids of subtrees.

    Every name of ``FACETS`` is a field here; what is chosen in one does not narrow its own counts.
    """

    state: tuple[str, ...] = ()
    unit: tuple[int, ...] = ()
    category: tuple[int, ...] = ()
    channel: tuple[str, ...] = ()
    demand_type: tuple[str, ...] = ()
    month: tuple[str, ...] = ()  # "2026-11", office time
    region: tuple[int, ...] = ()
    urgency: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()  # of OVERDUE
    since: date | None = None  # day of registration, office time, inclusive
    until: date | None = None


@dataclass(frozen=True)
class Query:
    """One question to an engine; ``at`` is now, for what is overdue."""

    at: datetime
    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.NEWEST
    cursor: str = ""
    size: int = PAGE


@dataclass(frozen=True)
class Hit:
    """A found case; ``title`` and ``snippet`` are safe HTML with ``<mark>``."""

    case: "Case"
    title: str
    snippet: str


@dataclass(frozen=True)
class Count:
    """One value of a facet: its slug, code or month, and how many cases have it.

    Categories are counted at the top of their branch, places at their township.
    """

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Result:
    """Answer of one page; ``first`` is the position of its first hit, counted from 1."""

    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Sequence[Count]]
    first: int = 1
    next_cursor: str = ""
    degraded: bool = False


@dataclass(frozen=True)
class Like:
    """A similar case and how much of the asked text's rare wording it shares (0 to 1)."""

    case_id: int
    score: float


class Engine(Protocol):
    """The port."""

    def index(self, documents: Iterable[Document]) -> int:
        """Store documents, skipping any older than what is stored; return how many were."""

    def remove(self, case_ids: Iterable[int]) -> None:
        """Forget cases; unknown ids are fine."""

    def search(self, query: Query, visible: "QuerySet[Case]") -> Result:
        """Answer within ``visible``."""

    def similar(self, text: str, visible: "QuerySet[Case]", limit: int = 5) -> list[Like]:
        """Return the most alike cases within ``visible``, best first."""

    def health(self) -> dict[str, object]:
        """Say ``status`` (``ok``, ``behind``, ``broken``) and ``waiting`` cases; never raises."""
