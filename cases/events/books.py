"""The books of the office: what has a record of its own, how it is read back, and what is wrong with it.

Each app registers its books when the product starts; whoever verifies, seals or restores goes through them
all and knows none by name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from django.db import models
from django.db.models import QuerySet

from cases.events.chained import BATCH, LOOKS, Chain, faults
from cases.events.models.chain_line import ChainLine
from cases.events.recorder import ChainEnd

Row = TypeVar("Row", bound=models.Model)
ALTERED = "it is not as it was recorded"
Judged = tuple[
    str, str | None
]  # what it is called, and a sentence when it is not as it was recorded


def still(is_whole: Callable[[], bool]) -> str | None:
    """``ALTERED`` when a row differs from its record also after more looks: a step may just be under way."""
    return None if any(is_whole() for _ in range(LOOKS)) else ALTERED


def _nothing() -> Iterator[Judged]:
    return iter(())


@dataclass(frozen=True)
class RecordBook(Generic[Row]):
    """Rows of one kind that each have a record.

    ``counted``: how they are called when many are; ``rows``: with the columns that the others need;
    ``title``: how one is called; ``end``: the columns of the row that hold length and head of its chain;
    ``lines``: in their order;
    ``beside``: what else the record says of rows, and whether they agree.
    """

    name: str
    counted: str
    rows: Callable[[], QuerySet[Row]]
    title: Callable[[Row], str]
    end: tuple[str, str]
    lines: Callable[[Row], QuerySet[ChainLine]]
    beside: Callable[[], Iterator[Judged]] = _nothing
    is_single: bool = False  # one record for all of it

    def chains(self) -> Iterator[Chain]:
        """Every chain, in order of id; a portion of them in memory."""
        after = 0
        keys = self.rows().order_by("pk").values_list("pk", flat=True)
        while ids := list(keys.filter(pk__gt=after)[:BATCH]):
            yield from self._read(ids)
            after = ids[-1]

    def faults(self) -> Iterator[Judged]:
        """Every record by its title, with a sentence if it is not whole; then what stands beside."""
        yield from faults(self.chains())
        yield from self.beside()

    def ends_of_newest(self, number: int) -> Iterator[list[ChainLine]]:
        """The last lines, newest first and two at most, of the records begun last that have any."""
        begun = self.rows().prefetch_related(None).exclude(**{self.end[0]: 0})
        for row in begun.order_by("-pk")[:number]:
            yield list(self.lines(row).order_by("-seq")[:2])

    def _read(self, ids: list[int]) -> Iterator[Chain]:
        for row in self.rows().filter(pk__in=ids).order_by("pk"):
            name = self.name if self.is_single else f"{self.name} {row.pk}"
            links = [(line.seq, line.hash, line.facts()) for line in self.lines(row)]
            length, head = self._end(row)
            again = partial(self._again, row.pk)
            yield Chain(name, self.title(row), links, head, length, again)

    def _end(self, row: Row) -> ChainEnd:
        length, head = self.end
        return ChainEnd(getattr(row, length), getattr(row, head))

    def _again(self, pk: int) -> Chain | None:
        return next(self._read([pk]), None)


BOOKS: dict[str, RecordBook[models.Model]] = {}


def keep_book(book: RecordBook[Row]) -> RecordBook[Row]:
    """Register a book under its name."""
    BOOKS[book.name] = book  # type: ignore[assignment]  # each is asked for rows of its own alone
    return book


def all_chains() -> Iterator[Chain]:
    """The chains of every book."""
    for book in BOOKS.values():
        yield from book.chains()


def all_faults() -> Iterator[Judged]:
    """Whatever has a record, with a sentence if it is not as it was recorded."""
    for book in BOOKS.values():
        yield from book.faults()
