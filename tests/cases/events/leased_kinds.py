"""Every kind of row that is leased: one row of it with work left, and how its worker takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.events import outbox
from cases.events.lease import Lease
from cases.events.models.leased import Leased
from cases.files import reading
from cases.models import Duty, SystemAct
from cases.system import acts
from search.asking.question import Question
from search.exports import exporting
from search.indexing import checking
from tests.cast import NOON, Cast, wang_says
from tests.papers import docx
from tests.search.attached import attach

SHORT = timedelta(seconds=30)


@dataclass(frozen=True)
class Kind:
    """How one kind is worked at. ``pause``: for how long its workers leave a row alone; ``lane``: whose."""

    lease: Lease[Leased]
    make: Callable[[Cast], object]
    take: Callable[[datetime], Leased | None]
    pause: timedelta = SHORT
    lane: str = "long"


def a_duty(cast):
    wang_says(cast)
    one = Duty.objects.first()
    Duty.objects.exclude(pk=one.pk).delete()
    Duty.objects.update(next_try_at=NOON - timedelta(days=1))  # due whatever the clock says


def a_file(cast):
    attach(wang_says(cast), "合同.docx", docx("路灯合同"))


def an_export(cast):
    wang_says(cast)
    asked = exporting.ask(Question("路灯"), 1, "核对", by=cast.dispatcher, at=NOON)
    asked.approve(by=cast.supervisor, at=NOON, note="同意")


def a_check(cast):
    acts.ask(SystemAct.CHECK, by=cast.sysadmin, at=NOON)


KINDS = {
    "duty": Kind(
        outbox.LEASE, a_duty, lambda at: next(iter(outbox._take(at, 9)), None), lane="quick"
    ),
    "file": Kind(reading.LEASE, a_file, reading._take, reading.PAUSE),
    "export": Kind(exporting.LEASE, an_export, exporting.LEASE.take_next, exporting.PAUSE),
    "act": Kind(checking.LEASE, a_check, checking.LEASE.take_next),
}
