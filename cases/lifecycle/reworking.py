"""A further round (重办): the same or another unit, a shorter clock, a cap (`domain.md` §6)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.errors import Refused
from cases.lifecycle import dispatching
from cases.people.models.unit import Unit
from cases.people.person import Person
from cases.shapes import Payload
from cases.steps.possible import Need

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case

MAX_ROUNDS = 3  # first handling and two reworks; after that explained closing or supervision

ROUND_LEFT = Need(
    lambda case, _by, _at: case.round < MAX_ROUNDS,
    gettext_lazy(
        "This case was already reworked twice. Close it with an explanation or supervise it."
    ),
)


def order(case: "Case", unit: Unit | None, note: str, *, by: Person, at: datetime) -> Payload:
    """End the round's tasks as reworked and open round n+1 with the ``rework`` clock."""
    if not note.strip():
        raise Refused(_("Write what has to be done again, and why."))
    unit = unit or dispatching.lead_of(case).unit
    for task in case.assignments.filter(round=case.round).held():
        task.end_as_reworked(note, by=by, at=at)
    case.round += 1
    case.lead_unit, case.callback_due_at, case.closed_at = unit, None, None
    basis = _("Rework, round %(round)d") % {"round": case.round}
    dispatching.new_task(case, unit, "lead", "rework", basis, note, by=by, at=at)
    return {"unit": unit.name, "round": case.round, "note": note}
