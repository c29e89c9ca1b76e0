"""One lease for all long work: who works at a row has it for a while; who dies at it leaves it to the next.

A kind of row that is worked at inherits ``Leased`` and says once how it is taken: ``LEASE = Lease(…)``.
To take it counts as a try; an outage is none: what it cut short is given back, unless somebody took it
since. The two columns are written here and in ``models/leased.py`` alone (ADR 22).

A lease that ends later than anybody could have taken it was taken before the clock was set back, and is none.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, TypeVar

from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet

from cases.events.models.leased import Leased
from cases.machine import outage

R = TypeVar("R", bound=Leased)
Row = TypeVar("Row", bound=Model)


@contextmanager
def taking() -> Iterator[None]:
    """Open the transaction in which rows are taken; what outages interrupted is given back before."""
    outage.settle()
    with transaction.atomic():
        yield


def put_down(rows: QuerySet[R], **also: object) -> int:
    """Nobody is at these rows any more; what came of it is written with that. Returns how many."""
    return rows.update(leased_until=None, **also)


@dataclass(frozen=True)
class Lease(Generic[R]):
    """How rows of one kind are taken: which are ``left`` to do, in which ``order``, how long it ``lasts``.

    ``longest``: how long such a row is kept from others at most, where a pause or another lease of the same
    rows is longer than this one.
    """

    of: type[R]
    left: Q
    lasts: timedelta
    order: tuple[str, ...] = ("pk",)
    longest: timedelta = timedelta()

    def take_next(self, at: datetime) -> R | None:
        """Take the first row that is left and that nobody is at; ``None`` when there is none."""
        with taking():
            row = self.free(self.rows().order_by(*self.order), at).first()
            if row is not None:
                self.take([row], at)
        return row

    def rows(self) -> QuerySet[R]:
        """All that is left to do, whether somebody is at it or not."""
        return self._all().filter(self.left)

    def free(self, rows: QuerySet[Row], at: datetime, *, by: str = "") -> QuerySet[Row]:
        """Of these rows those that nobody is at, locked if the database can pass over what others lock.

        Inside ``taking``, to be taken there. ``by``: how the leased row is reached from them (``reading__``).
        """
        free = rows.filter(self._is_free(at, by))
        if connection.features.has_select_for_update_skip_locked:
            free = free.select_for_update(skip_locked=True, of=("self",) if by else ())
        return free

    def take(self, rows: Sequence[R], at: datetime) -> None:
        """Take rows found free in this transaction; counted as a try of each."""
        until = at + self.lasts
        self._among(rows).update(leased_until=until, attempts=F("attempts") + 1)
        for row in rows:
            row.hold(until)
            row.attempts += 1

    def take_over(self, row: R, at: datetime) -> bool:
        """Hold a row that nobody is at, uncounted; ``False`` when somebody is, or nothing is left to do."""
        until = at + self.lasts
        mine = self.rows().filter(self._is_free(at), pk=row.pk).update(leased_until=until)
        if mine:
            row.hold(until)
        return bool(mine)

    def give_back(
        self, rows: Sequence[R], at: datetime, *, pause: timedelta | None = None, **also: object
    ) -> None:
        """Undo what was taken at ``at``, unless somebody took it since; it counts as no try."""
        until = None if pause is None else at + pause
        self._mine(rows, at).update(leased_until=until, attempts=F("attempts") - 1, **also)

    def gives_back(
        self, rows: Sequence[R], at: datetime, *, pause: timedelta | None = None
    ) -> AbstractContextManager[None]:
        """Give these rows back, once the database answers, when an outage ends the block."""
        return outage.gives_back(partial(self.give_back, rows, at, pause=pause))

    def postpone(self, row: R, at: datetime, pause: timedelta) -> None:
        """Leave what was taken at ``at`` alone for a pause; the try counts."""
        self._mine([row], at).update(leased_until=at + pause)

    def held(self, at: datetime) -> Q:
        """Rows whose lease is one of these and no longer one of others."""
        return self.left & Q(leased_until__lte=at + self.lasts)

    def let_go(self, *, but: Q | None = None) -> None:
        """Free what a worker that is dead held; for the only worker of a machine, at its start."""
        held = self.rows().filter(leased_until__isnull=False)
        put_down(held if but is None else held.exclude(but))

    def _is_free(self, at: datetime, by: str = "") -> Q:
        until, longest = f"{by}leased_until", max(self.lasts, self.longest)
        return Q(**{until: None}) | Q(**{f"{until}__lt": at}) | Q(**{f"{until}__gt": at + longest})

    def _all(self) -> QuerySet[R]:
        return self.of._default_manager.all()  # noqa: SLF001 - Django's name for whatever model it is

    def _among(self, rows: Sequence[R]) -> QuerySet[R]:
        return self._all().filter(pk__in=[row.pk for row in rows])

    def _mine(self, rows: Sequence[R], at: datetime) -> QuerySet[R]:
        return self._among(rows).filter(leased_until=at + self.lasts)
