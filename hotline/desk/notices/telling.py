"""Who is told of which event: the outbox consumer that writes notices for units and for the office.

A unit hears of what others do to its tasks and of its own clocks, never of its own acts. The office
hears of what waits for its word and of tasks that stay overdue. The sentence of a notice is that of
its event (``desk.sentences.events``); nothing is copied, so nothing personal is kept twice.
"""

from collections.abc import Iterable

from cases.events.outbox import consumer
from cases.models import Case, Duty, Event, Notice, Unit
from cases.people.permissions import ACTS
from cases.secrecy.respondent import recused_from
from cases.words import Role, UnitKind

CLOCK_STAGES = ("due_soon", "due_very_soon", "became_overdue", "escalated")
CLOCK_KINDS = frozenset(
    f"{clock}_{stage}" for clock in ("sign", "contact", "unit") for stage in CLOCK_STAGES
)
TO_TASK = frozenset(
    {
        *("sent_back", "return_granted", "return_refused", "extended", "extension_refused"),
        "unit_urged",
        "relayed",
        "time_recounted",
    }
)
TO_OPEN_TASKS = frozenset({"urged", "supplemented"})
TO_LEAD = frozenset({"format_returned", "contributed"})
TO_NEW_TASKS = frozenset({"dispatched", "reworked"})
# What the office hears of, and which of its roles (of what somebody decides, those who may): asked of
# the database when a person looks.
OFFICE_KINDS: dict[str, frozenset[str]] = {
    "lower_secrecy_asked": ACTS["case.decide_secrecy"].office,
    "return_asked": ACTS["request.decide_return"].office,
    "return_signed": ACTS["request.decide_return"].office,
    "extension_asked": ACTS["request.decide_extension"].office,
    "unit_became_overdue": frozenset({Role.SUPERVISOR}),
    "unit_escalated": frozenset({Role.SUPERVISOR}),
    "sign_became_overdue": frozenset({Role.SUPERVISOR}),
}
# Whom the office lets know the citizen; who asked for less secrecy
TO_PERSON = frozenset({"contact_named", "contact_ended", "lower_secrecy_decided"})
KINDS = (
    CLOCK_KINDS
    | TO_TASK
    | TO_OPEN_TASKS
    | TO_LEAD
    | TO_NEW_TASKS
    | TO_PERSON
    | frozenset(OFFICE_KINDS)
)


@consumer("notice", kinds=KINDS)
def notify(duty: Duty) -> None:
    """Write the notices of one event; run twice it writes nothing new."""
    event = Event.objects.select_related("case", "assignment").get(pk=duty.event_id)
    if event.kind in TO_PERSON:
        _tell_person(event)
        return
    for unit_id in dict.fromkeys([*_units_concerned(event), *_office(event)]):
        Notice.objects.get_or_create(
            event=event,
            unit_id=unit_id,
            user=None,
            defaults={"case_id": event.case_id, "kind": event.kind, "at": event.at},
        )


def _tell_person(event: Event) -> None:
    """Tell one person. An event before 1 December 2026 does not say whom by more than the name."""
    if user_id := event.payload.get("user"):
        Notice.objects.get_or_create(
            event=event,
            user_id=user_id,
            unit=None,
            defaults={"case_id": event.case_id, "kind": event.kind, "at": event.at},
        )


def _units_concerned(event: Event) -> Iterable[int]:
    case, task = event.case, event.assignment
    if event.kind in CLOCK_KINDS | TO_TASK:
        return _unless_recused(case, [task.unit_id] if task else [])
    held = case.assignments.held()
    if event.kind in TO_LEAD:
        tasks = held.filter(role="lead", round=case.round)
    elif event.kind in TO_OPEN_TASKS:
        tasks = held.open()
    elif event.kind in TO_NEW_TASKS:
        tasks = held.filter(dispatched_at=event.at)
    else:
        return []
    return _unless_recused(case, tasks.values_list("unit_id", flat=True))


def _unless_recused(case: Case, units: Iterable[int]) -> list[int]:
    """Leave out whoever must not learn of the case."""
    recused = recused_from(case)
    return [one for one in units if one not in recused]


def _office(event: Event) -> Iterable[int]:
    if event.kind not in OFFICE_KINDS or not _waits_for_the_office(event):
        return []
    return Unit.objects.filter(kind=UnitKind.OFFICE, is_active=True).values_list("pk", flat=True)


def _waits_for_the_office(event: Event) -> bool:
    """Tell whether the office has to act: an unsigned return waits for the unit's leader first."""
    return event.kind != "return_asked" or bool(event.payload.get("signed"))
