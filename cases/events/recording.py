"""Write one event of a case and what it owes to others, inside the step's own transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cases.events.models.event import Event
from cases.events.outbox import owe
from cases.events.recorder import ChainEnd, append
from cases.people.permissions import scope_of
from cases.people.person import Person
from cases.privacy.handling import Knowledge, made
from cases.privacy.identity.finding import Voice
from cases.shapes import Payload

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment
    from cases.lifecycle.models.case import Case

# What people wrote; every other fact is a name of the office's, a code, a number or a time.
PROSE = ("note", "text", "reply", "reason", "legal_route", "basis", "target")
CLASSED = ("title", "address")  # old and new stand under "changed"
RESPONDENT = ("from", "to")
BY_CITIZEN = {"supplemented", "urged", "dissatisfied"}


def record(
    case: "Case",
    kind: str,
    *,
    by: Person,
    at: datetime,
    before: str = "",
    task: "Assignment | None" = None,
    task_before: str = "",
    payload: Payload | None = None,
) -> Event:
    """Append an event to the case's chain; moves ``case.version`` and ``event_head`` (not saved).

    The caller holds the lock on the case's row and saves the case afterwards, or has just inserted it.
    What people wrote goes in without who somebody is: an event is sealed and read by all who see the case.
    """
    event = Event(
        case=case,
        assignment=task,
        kind=kind,
        unit_name=by.unit_name,
        from_state=before,
        to_state=case.state,
        task_from=task_before,
        task_to=task.state if task else "",
        payload=_fit(case, kind, by, payload or {}),
    )
    end = ChainEnd(case.version, case.event_head)
    case.version, case.event_head = append(event, end, by=by, at=at)
    return event


def _fit(case: "Case", kind: str, by: Person, payload: Payload) -> Payload:
    """The payload with handling texts for what people wrote."""
    voice = Voice.CITIZEN if kind in BY_CITIZEN else Voice.UNIT
    is_of_unit = by.kind == "staff" and not scope_of(by).is_office

    def knowledge() -> Knowledge:
        return case.knowledge_of_unit(by.pk) if is_of_unit else case.knowledge()

    def fit(said: object, voice: Voice = voice) -> object:
        return made(said, knowledge(), voice) if said and isinstance(said, str) else said

    fitted: Payload = {name: fit(said) if name in PROSE else said for name, said in payload.items()}
    for name in RESPONDENT:  # who is complained about, before and after
        if isinstance(said := payload.get(name), dict):
            fitted[name] = said | {"text": fit(said.get("text"), Voice.CITIZEN)}
    if changed := payload.get("changed"):
        fitted["changed"] = {
            name: [fit(one, Voice.CITIZEN) for one in both] if name in CLASSED else both
            for name, both in changed.items()
        }
    return fitted


def keep_events(case: "Case", event: Event, *, along: Sequence[Event] = ()) -> None:
    """Insert the event of a step and enqueue what it owes; the case's row is already saved.

    ``along``: events of the rows that the step took along. They owe nothing: who must learn of it learns of
    the step.
    """
    for one in (event, *along):
        one.case_id = case.pk
        one.save(force_insert=True)
    owe([event])
