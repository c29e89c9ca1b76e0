"""What happened to a case, told to one person: some of it in brief, some without what was written."""

from dataclasses import dataclass

from cases.models import Assignment, Case, Event, User
from cases.people.sight import hears_facts, hears_of, hears_why
from hotline.desk.sentences.events import EventTold, made_for, tell_event


@dataclass(frozen=True)
class EventShown:
    """An entry of the timeline; what was written may be for others only."""

    event: Event
    told: EventTold
    hides_quote: bool


def timeline(
    user: User, case: Case, mine: Assignment | None, tasks: list[Assignment]
) -> list[EventShown]:
    """Newest first. An opinion is quoted to the office, its own unit and the lead unit only."""
    events = [one for one in case.events.order_by("-seq") if hears_of(user, one.kind)]
    hears_all = mine is None or mine.role == "lead"
    unit_of = {task.pk: task.unit_id for task in tasks}
    found = []
    for event in events:
        is_brief = not hears_facts(user, event.kind)
        told = tell_event(event, made_for(case, event), is_brief=is_brief)
        own = event.assignment_id and unit_of.get(event.assignment_id) in user.unit_ids
        is_of_others = event.kind == "contributed" and not (hears_all or own)
        hides_quote = is_of_others or not hears_why(user, event.kind)
        found.append(EventShown(event, told, hides_quote))
    return found
