"""What belongs to one case and is locked, saved and recorded with it: the case, its tasks, their requests.

The row of the case is locked first, always; whoever holds it is alone with all that hangs on the case, so
that tasks and requests need no lock of their own. Each row that a step moves has its event in the case's
chain: its subject and the subject's task in the event of the step itself, what was taken along after it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Protocol, Self, TypeVar, cast

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cases.events.models.event import Event
from cases.events.recording import keep_events, record
from cases.people.person import Person
from cases.shapes import Payload
from cases.steps.possible import Steps

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment
    from cases.lifecycle.models.case import Case


class CaseBound(Protocol):
    """What knows its case."""

    state: str

    def case_rows(self) -> "models.QuerySet[Case]":
        """The table of cases: arrows of cases stand on this file, not this file on cases."""

    def case_pk(self) -> int:
        """Id of the case whose row is locked first."""

    def fresh(self, case: "Case") -> Self:
        """A newly read copy bound to the locked case."""

    def parties(self) -> "tuple[Case, Assignment | None]":
        """The case and the task it is about; both are saved with it."""

    def told_along(self) -> Payload:
        """What is told of it in its own event when another step takes it along."""

    def save(self) -> None:
        """Write the row."""


B = TypeVar("B", bound=CaseBound)


@dataclass(frozen=True)
class TakenAlong:
    """A row that a step moved beside its own: the kind of its event, and where it stood."""

    row: CaseBound
    kind: str
    before: str


class OfCase(Steps):
    """Mixin of what belongs to a case."""

    MOVED_ON: ClassVar[str | Promise] = gettext_lazy(
        "This is no longer possible: the case is now “%(state)s”. Reload to see what happened."
    )

    def held(self: B) -> B:  # noqa: PYI019 - bound to more than this mixin
        """A fresh copy with the case's row locked."""
        return lock(self)

    def recording(self: CaseBound) -> "CaseRecording":
        """The case and the task as they stand before the step."""
        return CaseRecording(self)

    def told_along(self) -> Payload:
        """Nothing but the act."""
        return {}

    def took_along(self: CaseBound, kind: str, before: str) -> None:
        """Note that a step moved it, for that step to record; see ``follow``."""
        self.parties()[0].along.append(TakenAlong(self, kind, before))


class CaseItself(OfCase):
    """Mixin of the case, which is its own."""

    def parties(self) -> "tuple[Case, None]":
        """The case and no task: what ``step`` saves."""
        return cast("Case", self), None

    def case_rows(self) -> "models.QuerySet[Case]":
        """The table of cases."""
        return cast("type[Case]", type(self)).objects.all()

    def case_pk(self) -> int:
        """Its own id."""
        return cast("Case", self).pk

    def fresh(self, case: "Case") -> "Case":
        """The locked case itself."""
        return case


class CaseRecording:
    """The rows of a step: subject, task and case, and where the last two stood."""

    def __init__(self, subject: CaseBound) -> None:
        self.subject = subject
        self.case, self.task = subject.parties()
        self.before, self.task_before = self.case.state, self.task.state if self.task else ""

    def keep(self, event: str, payload: Payload, *, by: Person, at: datetime) -> None:
        """Save the rows and record the step, then each row that it took along."""
        case = self.case
        happened = record(
            case,
            event,
            by=by,
            at=at,
            before=self.before,
            task=self.task,
            task_before=self.task_before,
            payload=payload,
        )
        rows = {id(one): one for one in (self.subject, self.task, case) if one}
        others = [one for one in case.along if id(one.row) not in rows]
        case.along.clear()
        along = [_recorded(one, by=by, at=at) for one in others]
        for row in rows.values():
            row.save()
        keep_events(case, happened, along=along)


def _recorded(moved: TakenAlong, *, by: Person, at: datetime) -> Event:
    case, task = moved.row.parties()
    return record(
        case,
        moved.kind,
        by=by,
        at=at,
        before=case.state,
        task=task,
        task_before=moved.before if moved.row is task else task.state if task else "",
        payload=moved.row.told_along(),
    )


def lock(subject: B) -> B:
    """A fresh copy of the subject with its case's row locked first, always in this order."""
    case = subject.case_rows().select_for_update().get(pk=subject.case_pk())
    return subject.fresh(case)
