"""One decorator for every arrow: lock, permission, source state, body, save, one event, one transaction.

``@step("assignment.sign", "signed", source=…, target=…)`` wraps django-fsm's ``@transition`` on a method
``def sign(self, *, by, at, …) -> dict | None`` whose return value becomes the event's payload. Known traps
it avoids: a bare ``@transition`` changes memory only; ``refresh_from_db`` skips a protected field, so a
fresh row is fetched instead and adopted afterwards.

What a verb asks of its subject beside the state is a ``Need`` of the arrow, so that pages which ask
``subject.possible(by, at=…)`` offer what the step would take and nothing else.

``@follow(source=…, target=…)`` is an arrow of the case that another step takes along; it is saved and
recorded by that step.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed, transition

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.events.recording import keep, record
from cases.people.permissions import may


def follow(*, source: Any, target: Any) -> Callable:
    """Declare an arrow without event of its own."""
    return transition(field="state", source=source, target=target)


@dataclass(frozen=True)
class Need:
    """What must hold of a subject, for whom and when; else the step is refused with the sentence."""

    holds: Callable[[Any, Any, datetime], bool]
    sentence: str | Promise


def step(act: str, event: str, *needs: Need, source: Any, target: Any = None) -> Callable:
    """Declare an arrow. ``act``: key of the permission matrix; ``target`` None: the state stays."""

    def decorate(body: Callable) -> Callable:
        @functools.wraps(body)
        def called(subject: Any, words: dict[str, Any]) -> Any:
            for need in needs:
                if not need.holds(subject, words["by"], words["at"]):
                    raise Refused(str(need.sentence))
            # as one dict: django-fsm has a parameter named "method" too
            return body(subject, **words)

        arrow = transition(field="state", source=source, target=target)(called)

        @functools.wraps(arrow)
        def take(self: Any, *, by: Any, at: datetime, **facts: Any) -> Any:
            with transaction.atomic():
                subject = lock(self)
                _take(arrow, subject, act, event, by, at, facts)
            self.__dict__.update(subject.__dict__)
            return self

        take.act, take.event, take.needs = act, event, needs  # type: ignore[attr-defined]
        return take

    return decorate


class Steps:
    """Mixin of what takes steps: which of its arrows lead on from where it is."""

    state: Any

    def verbs(self) -> frozenset[str]:
        """Those that lead on from its state, whoever may take them."""
        return frozenset(self._leading_on())

    def possible(self, by: Any, *, at: datetime) -> frozenset[str]:
        """Those that ``by`` may take now: state, permission and needs, asked of the arrows themselves.

        What depends on what is typed (a missing text) is left to the step. No query for staff of the
        office; for units none beyond those of the needs.
        """
        allowed: dict[str, bool] = {}
        found = set()
        for verb, arrow in self._leading_on().items():
            if arrow.act not in allowed:
                allowed[arrow.act] = may(by, arrow.act, self)
            if allowed[arrow.act] and all(need.holds(self, by, at) for need in arrow.needs):
                found.add(verb)
        return frozenset(found)

    def _leading_on(self) -> dict[str, Any]:
        model: Any = type(self)
        return _steps_of(model).get(self.state, {})


@functools.cache
def _steps_of(model: Any) -> dict[str, dict[str, Any]]:
    """Arrows of a machine that are steps, by the state they lead on from."""
    found: dict[str, dict[str, Any]] = {}
    for arrow in model.state.field.get_all_transitions(model):
        verb = getattr(model, arrow.name)
        if hasattr(verb, "act"):
            found.setdefault(arrow.source, {})[arrow.name] = verb
    return found


def lock(subject: Any) -> Any:
    """A fresh copy of the subject with its case's row locked first, always in this order.

    The subject says where its case is: the arrows of cases stand on this file, not this file on cases.
    """
    case = subject.case_rows().select_for_update().get(pk=subject.case_pk())
    return subject.fresh(case)


def _take(
    arrow: Callable,
    subject: Any,
    act: str,
    event: str,
    by: Any,
    at: datetime,
    facts: dict[str, Any],
) -> None:
    case, task = subject.parties()
    before, task_before = case.state, task.state if task else ""
    if not may(by, act, subject):
        raise NotPermitted(f"{act} by {by.name}")
    try:
        payload = arrow(subject, {"by": by, "at": at, **facts})
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
    keep(case, happened)
