"""Which arrows lead on from where something is, and which of them somebody may take now."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise

from cases.people.permissions import Concerning, may
from cases.people.person import Person

STATE = "state"  # the column of every machine


@dataclass(frozen=True)
class Need:
    """What must hold of a subject, for whom and when; else the step is refused with the sentence."""

    holds: Callable[[Any, Person, datetime], bool]  # of the kind of subject whose arrow has it
    sentence: str | Promise


class Stepping(Protocol):
    """What has a state."""

    state: str


class StepVerb(Protocol):
    """A verb made by ``step``."""

    act: str
    event: str
    needs: tuple[Need, ...]


class Steps:
    """Mixin of what takes steps."""

    def verbs(self: Stepping) -> frozenset[str]:
        """Those that lead on from its state, whoever may take them."""
        return frozenset(_leading_on(self))

    def possible(self: Stepping, by: Person, *, at: datetime) -> frozenset[str]:
        """Those that ``by`` may take now: state, permission and needs, asked of the arrows themselves.

        What depends on what is typed (a missing text) is left to the step. No query for staff of the
        office; for units none beyond those of the needs.
        """
        concerned = concerning(self)
        allowed: dict[str, bool] = {}
        found = set()
        for verb, arrow in _leading_on(self).items():
            if arrow.act not in allowed:
                allowed[arrow.act] = may(by, arrow.act, concerned)
            if allowed[arrow.act] and all(need.holds(self, by, at) for need in arrow.needs):
                found.add(verb)
        return frozenset(found)


def concerning(subject: object) -> Concerning | None:
    """The subject if it is about a case, which a person must see; of an export the role decides alone."""
    return subject if isinstance(subject, Concerning) else None


def _leading_on(subject: Stepping) -> dict[str, StepVerb]:
    return _steps_of(type(subject)).get(subject.state, {})


@functools.cache
def _steps_of(model: type[object]) -> dict[str, dict[str, StepVerb]]:
    """Arrows of a machine that are steps, by the state they lead on from."""
    found: dict[str, dict[str, StepVerb]] = {}
    for arrow in getattr(model, STATE).field.get_all_transitions(model):
        verb = getattr(model, arrow.name)
        if hasattr(verb, "act"):
            found.setdefault(arrow.source, {})[arrow.name] = verb
    return found
