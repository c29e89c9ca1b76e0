"""What any search engine must be able to do, and the words it is asked in.

Engines are given a ``visible`` queryset of cases and answer inside it only: totals, facets and
snippets are computed over *visible and matching*, never over all and filtered afterwards. An engine
outside the database is also told the ``viewer`` whose sight it is, and puts the same rule into its
own query.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NotRequired, Protocol, TypedDict

from cases.people.person import Person
from search.words.query_language import SearchTerm

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
TEXTS = ("title", "body", "reply", "place")  # searchable fields of a document
FILES = "files"  # the field of everything read in files; likeness leaves it out


class EngineAway(Exception):  # noqa: N818 - a state of affairs, not a mistake
    """The engine cannot be asked or told anything just now; nothing is wrong with the question."""


class Sort(StrEnum):
    """Orders of the hits."""

    NEWEST = "newest"
    RELEVANCE = "relevance"
    DUE = "due"


class CountsWanted(StrEnum):
    """Whether total and facets are wanted with a page."""

    NOW = "now"
    LATER = "later"  # they may be left out where counting would take long
    NEVER = "never"


@dataclass(frozen=True)
class FileText:
    """Searchable text of one file; ``stamp`` says when it was read (microseconds since 1970)."""

    attachment_id: int
    stamp: int
    title: str  # its name
    body: str
    reply: str = ""
    place: str = ""


@dataclass(frozen=True)
class Document:
    """Searchable text of one case at one version. Never holds a name or number of a person."""

    case_id: int
    version: int
    title: str
    body: str
    reply: str
    place: str
    files: tuple[FileText, ...] = ()


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
    """One question to an engine; ``at`` is now, for what is overdue.

    ``units``, ``categories``, ``regions`` and ``cases`` are ids that typed fields (单位:, 分类:,
    区域:, 电话:) confine it to, facets included; ``None`` is any, an empty set finds nothing. With a
    ``viewer`` the engine is given exactly what that person may see.
    """

    at: datetime
    terms: tuple[SearchTerm, ...] = ()
    excluded: tuple[SearchTerm, ...] = ()
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.NEWEST
    cursor: str = ""
    units: frozenset[int] | None = None
    categories: frozenset[int] | None = None
    regions: frozenset[int] | None = None
    cases: frozenset[int] | None = None
    viewer: Person | None = None
    size: int = PAGE
    counts: CountsWanted = CountsWanted.NOW


@dataclass(frozen=True)
class SearchHit:
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
    """Answer of one page; ``first`` is the position of its first hit, counted from 1.

    Not ``is_counted``: there are no facets, and ``total`` is the least that is known. ``degraded``: not
    the engine that should have answered; ``partial``: titles and numbers only. By relevance an engine
    may rank only the newest ``ranked`` matches, or page only through the best ``reach``; ``None``: all.
    ``restarted``: the cursor was another engine's, this is the first page.
    """

    total: int
    hits: Sequence[SearchHit]
    facets: Mapping[str, Sequence[Count]]
    first: int = 1
    next_cursor: str = ""
    words: Sequence[str] = ()  # everything that is marked
    is_counted: bool = True
    degraded: bool = False
    partial: bool = False
    ranked: int | None = None
    reach: int | None = None
    restarted: bool = False


class Health(TypedDict):
    """How an engine is, or two of them together; ``waiting`` cases are not indexed yet."""

    status: str
    waiting: NotRequired[int | None]
    reason: NotRequired[str]
    engines: NotRequired[dict[str, "Health"]]


@dataclass(frozen=True)
class Like:
    """A similar case and how much of the asked text's rare wording it shares (0 to 1)."""

    case_id: int
    score: float


@dataclass(frozen=True)
class Drift:
    """Case ids by what is wrong with their entry in an index."""

    missing: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)
    ghosts: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.ghosts)


class SearchPort(Protocol):
    """What pages ask of a search."""

    def search(self, query: Query, visible: "QuerySet[Case]") -> Result:
        """Answer within ``visible``."""

    def similar(
        self, text: str, visible: "QuerySet[Case]", limit: int = 5, *, viewer: Person | None = None
    ) -> list[Like]:
        """Return the most alike cases within ``visible``, best first.

        ``viewer`` is the person whose sight ``visible`` is; it may be narrower than that.
        """

    def health(self) -> Health:
        """Say ``status``: ``ok``, ``behind``, ``degraded`` (another answers) or ``broken``.

        Never raises. One engine also says how many cases are ``waiting``; two are told apart.
        """


class Engine(SearchPort, Protocol):
    """The port. Whatever needs an engine outside the database raises ``EngineAway`` without it."""

    name: str

    def exists(self) -> bool:
        """Whether there is an index, however full."""

    def index(self, documents: Iterable[Document]) -> int:
        """Store documents, skipping any older than what is stored; return how many were."""

    def remove(self, case_ids: Iterable[int]) -> None:
        """Forget cases; unknown ids are fine."""

    def drift(self) -> Drift:
        """Compare the index with the table of cases."""

    def rebuild(self, *, after: int = 0, anew: bool = False) -> "Rebuilding":
        """Begin to index everything anew, or go on with what was begun; searching goes on."""


class Rebuilding(Protocol):
    """One rebuild under way: documents are added in order of case id."""

    after: int  # everything up to this case id is in already

    def add(self, documents: Sequence[Document], upto: int) -> None:
        """Index documents; the rebuild now reaches ``upto``."""

    def rest(self) -> None:
        """Keep how far it is, so that another process can go on."""

    def finish(self) -> None:
        """Put the new index in the place of the old one."""
