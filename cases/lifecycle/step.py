"""One decorator for every arrow: lock, permission, source state, body, save, one event, one transaction.

``@step("assignment.sign", "signed", source=…, target=…)`` wraps django-fsm's ``@transition`` on a method
``def sign(self, *, by, at, …) -> Payload | None`` whose return value becomes the event's payload. Known traps
it avoids: a bare ``@transition`` changes memory only; ``refresh_from_db`` skips a protected field, so a
fresh row is fetched instead and adopted afterwards.

What a verb asks of its subject beside the state is a ``Need`` of the arrow, so that pages which ask
``subject.possible(by, at=…)`` offer what the step would take and nothing else.

``@follow(source=…, target=…)`` is an arrow of the case that another step takes along; it is saved and
recorded by that step.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, Self, TypeVar, cast

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_fsm import State, TransitionNotAllowed, transition

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.events.recording import keep_events, record
from cases.people.permissions import Concerning, may
from cases.people.person import Person
from cases.shapes import Payload

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment
    from cases.lifecycle.models.case import Case


class StepSubject(Protocol):
    """What has a life of steps: a case, a task, a request."""

    state: str

    def get_state_display(self) -> str:
        """Its state in words."""

    def case_rows(self) -> "models.QuerySet[Case]":
        """The table of cases: arrows of cases stand on this file, not this file on cases."""

    def case_pk(self) -> int:
        """Id of the case whose row is locked first."""

    def fresh(self, case: "Case") -> Self:
        """A newly read copy bound to the locked case."""

    def parties(self) -> "tuple[Case, Assignment | None]":
        """The case and the task the step is about; both are saved with it."""

    def save(self) -> None:
        """Write the row."""


P = ParamSpec("P")
S = TypeVar("S", bound=StepSubject)
Source = str | Sequence[str]
Words = dict[str, Any]  # what a verb is called with, ``by`` and ``at`` among it


def follow(
    *, source: Source, target: str
) -> Callable[[Callable[Concatenate[S, P], None]], Callable[Concatenate[S, P], None]]:
    """Declare an arrow without event of its own."""
    return transition(field="state", source=source, target=target)


@dataclass(frozen=True)
class Need:
    """What must hold of a subject, for whom and when; else the step is refused with the sentence."""

    holds: Callable[[Any, Person, datetime], bool]  # of the kind of subject whose arrow has it
    sentence: str | Promise


def step(
    act: str, event: str, *needs: Need, source: Source, target: str | State | None = None
) -> Callable[[Callable[Concatenate[S, P], Payload | None]], Callable[Concatenate[S, P], S]]:
    """Declare an arrow. ``act``: key of the permission matrix; ``target`` None: the state stays."""

    def decorate(
        body: Callable[Concatenate[S, P], Payload | None],
    ) -> Callable[Concatenate[S, P], S]:
        @functools.wraps(body)
        def called(subject: S, words: Words) -> Payload | None:
            for need in needs:
                if not need.holds(subject, words["by"], words["at"]):
                    raise Refused(str(need.sentence))
            # as one dict: django-fsm has a parameter named "method" too
            return cast("Callable[..., Payload | None]", body)(subject, **words)

        arrow = transition(field="state", source=source, target=target)(called)

        def take(self: S, /, *_args: P.args, **facts: P.kwargs) -> S:
            with transaction.atomic():
                subject = lock(self)
                _take(arrow, subject, act, event, facts)
            self.__dict__.update(subject.__dict__)
            return self

        functools.update_wrapper(take, arrow)
        take.act, take.event, take.needs = act, event, needs  # type: ignore[attr-defined]  # a ``StepVerb``
        return take

    return decorate


class Stepping(Protocol):
    """What has a state: a subject, and what is about no case, as an export."""

    state: str


class Steps:
    """Mixin of what takes steps: which of its arrows lead on from where it is."""

    def verbs(self: Stepping) -> frozenset[str]:
        """Those that lead on from its state, whoever may take them."""
        return frozenset(_leading_on(self))

    def possible(self: Stepping, by: Person, *, at: datetime) -> frozenset[str]:
        """Those that ``by`` may take now: state, permission and needs, asked of the arrows themselves.

        What depends on what is typed (a missing text) is left to the step. No query for staff of the
        office; for units none beyond those of the needs.
        """
        concerned = self if isinstance(self, Concerning) else None  # else the role decides alone
        allowed: dict[str, bool] = {}
        found = set()
        for verb, arrow in _leading_on(self).items():
            if arrow.act not in allowed:
                allowed[arrow.act] = may(by, arrow.act, concerned)
            if allowed[arrow.act] and all(need.holds(self, by, at) for need in arrow.needs):
                found.add(verb)
        return frozenset(found)


class StepVerb(Protocol):
    """A verb made by ``step``."""

    act: str
    event: str
    needs: tuple[Need, ...]


def _leading_on(subject: Stepping) -> dict[str, StepVerb]:
    return _steps_of(type(subject)).get(subject.state, {})


@functools.cache
def _steps_of(model: Any) -> dict[str, dict[str, StepVerb]]:
    """Arrows of a machine that are steps, by the state they lead on from."""
    found: dict[str, dict[str, StepVerb]] = {}
    for arrow in model.state.field.get_all_transitions(model):
        verb = getattr(model, arrow.name)
        if hasattr(verb, "act"):
            found.setdefault(arrow.source, {})[arrow.name] = verb
    return found


def lock(subject: S) -> S:
    """A fresh copy of the subject with its case's row locked first, always in this order."""
    case = subject.case_rows().select_for_update().get(pk=subject.case_pk())
    return subject.fresh(case)


def _take(
    arrow: Callable[[StepSubject, Words], Payload | None],
    subject: StepSubject,
    act: str,
    event: str,
    facts: Words,
) -> None:
    """``facts`` are the verb's own words with ``by=`` and ``at=``."""
    by: Person = facts["by"]
    at: datetime = facts["at"]
    case, task = subject.parties()
    before, task_before = case.state, task.state if task else ""
    if not may(by, act, subject):
        raise NotPermitted(f"{act} by {by.name}")
    try:
        payload = arrow(subject, facts)
    except TransitionNotAllowed as error:
        raise IllegalStep(
            _(
                "This is no longer possible: the case is now “%(state)s”. Reload to see what happened."
            )
            % {"state": subject.get_state_display()}
        ) from error
    happened = record(
        case,
        event,
        by=by,
        at=at,
        before=before,
        task=task,
        task_before=task_before,
        payload=payload,
    )
    for part in {id(one): one for one in (subject, task, case) if one}.values():
        part.save()
    keep_events(case, happened)
