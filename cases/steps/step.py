"""One decorator for every arrow: lock, permission, source state, needs, body, save, event, one transaction.

``@step("assignment.sign", "signed", source=…, target=…)`` wraps django-fsm's ``@transition`` on a method
``def sign(self, *, by, at, …) -> Payload | None`` whose return value becomes the event's payload. What is
locked, saved and recorded the subject says itself (``StepSubject``). Known traps it avoids: a bare
``@transition`` changes memory only; ``refresh_from_db`` skips a protected field, so a fresh row is fetched
instead and adopted afterwards.

What a verb asks of its subject beside the state is a ``Need`` of the arrow, so that pages which ask
``subject.possible(by, at=…)`` offer what the step would take and nothing else.

``@follow("task_recalled", source=…, target=…)`` is an arrow of a row that another step takes along; that step
records it.
"""

import functools
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from django.db import transaction
from django_fsm import State, TransitionNotAllowed, transition

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.people.permissions import may
from cases.people.person import Person
from cases.shapes import Payload
from cases.steps.possible import Need, concerning
from cases.steps.subject import StepSubject

P = ParamSpec("P")
S = TypeVar("S", bound=StepSubject)
Source = str | Sequence[str]
Words = dict[str, Any]  # what a verb is called with, ``by`` and ``at`` among it


class Followed(Protocol):
    """What other steps take along."""

    state: str

    def took_along(self, kind: str, before: str) -> None:
        """Note it, for the step under way to record."""


F = TypeVar("F", bound=Followed)


def follow(
    event: str = "", *, source: Source, target: str
) -> Callable[[Callable[Concatenate[F, P], None]], Callable[Concatenate[F, P], None]]:
    """Declare an arrow without permission of its own, taken along by another step.

    ``event``: the row's own, which that step records after its own; without it the step's event tells it, as
    of a case whose task moved.
    """

    def decorate(
        body: Callable[Concatenate[F, P], None],
    ) -> Callable[Concatenate[F, P], None]:
        arrow = transition(field="state", source=source, target=target)(body)

        def take(self: F, /, *args: P.args, **facts: P.kwargs) -> None:
            before = self.state
            arrow(self, *args, **facts)
            if event:
                self.took_along(event, before)

        functools.update_wrapper(take, arrow)
        take.event = event  # type: ignore[attr-defined]  # read by the drawing of the machines
        return take

    return decorate


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
                subject = self.held()
                _take(arrow, subject, act, event, facts)
            self.__dict__.update(subject.__dict__)
            return self

        functools.update_wrapper(take, arrow)
        take.act, take.event, take.needs = act, event, needs  # type: ignore[attr-defined]  # a ``StepVerb``
        return take

    return decorate


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
    recording = subject.recording()
    if not may(by, act, concerning(subject)):
        raise NotPermitted(f"{act} by {by.name}")
    try:
        payload = arrow(subject, facts)
    except TransitionNotAllowed as error:
        raise IllegalStep(str(subject.MOVED_ON) % {"state": subject.get_state_display()}) from error
    recording.keep(event, payload or {}, by=by, at=at)
