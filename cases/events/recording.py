"""Write one event of a case and what it owes to others, inside the step's own transaction."""

from datetime import datetime
from typing import TYPE_CHECKING

from cases.events.chain import link
from cases.events.models.event import Event
from cases.events.outbox import owe
from cases.people.permissions import scope_of
from cases.people.person import Person
from cases.privacy.handling import Knowledge, made
from cases.privacy.identity.finding import Voice
from cases.privacy.keyring import CHAIN
from cases.privacy.keys import newest
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
        seq=case.version + 1,
        kind=kind,
        at=at,
        actor_kind=by.kind,
        actor_id=by.pk,
        actor_name=by.name,
        unit_name=by.unit_name,
        from_state=before,
        to_state=case.state,
        task_from=task_before,
        task_to=task.state if task else "",
        payload=_fit(case, kind, by, payload or {}),
    )
    event.hash = link(newest(CHAIN).raw, case.event_head, event.facts(case.number))
    case.version, case.event_head = event.seq, event.hash
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


def keep_events(case: "Case", *events: Event) -> None:
    """Insert the events of a step and enqueue what they owe; the case's row is already saved."""
    for event in events:
        event.case_id = case.pk
        event.save(force_insert=True)
    owe(events)
