"""One decorator for every arrow: lock, permission, source state, body, save, one event, one transaction.

``@step("assignment.sign", "signed", source=…, target=…)`` wraps django-fsm's ``@transition`` on a method
``def sign(self, *, by, at, …) -> dict | None`` whose return value becomes the event's payload. Known traps
it avoids: a bare ``@transition`` changes memory only; ``refresh_from_db`` skips a protected field, so a
fresh row is fetched instead and adopted afterwards.

``@follow(source=…, target=…)`` is an arrow of the case that another step takes along; it is saved and
recorded by that step.
"""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed, transition

from cases.errors import IllegalStep, NotPermitted
from cases.events.recording import keep_events, record
from cases.people.permissions import may


def follow(*, source: Any, target: Any) -> Callable:
    """Declare an arrow without event of its own."""
    return transition(field="state", source=source, target=target)


def step(act: str, event: str, *, source: Any, target: Any = None) -> Callable:
    """Declare an arrow. ``act``: key of the permission matrix; ``target`` None: the state stays."""

    def decorate(body: Callable) -> Callable:
        @functools.wraps(body)
        def called(subject: Any, words: dict[str, Any]) -> Any:
            return body(
                subject, **words
            )  # as one dict: django-fsm has a parameter named "method" too

        arrow = transition(field="state", source=source, target=target)(called)

        @functools.wraps(arrow)
        def take(self: Any, *, by: Any, at: datetime, **facts: Any) -> Any:
            with transaction.atomic():
                subject = lock(self)
                _take(arrow, subject, act, event, by, at, facts)
            self.__dict__.update(subject.__dict__)
            return self

        take.act, take.event = act, event  # type: ignore[attr-defined]
        return take

    return decorate


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
    keep_events(case, happened)
