"""Who is complained about (被反映对象): named by the citizen, settled by the office, kept out of the case.

A report of wrongdoing, or a respondent written in the citizen's own words, holds the dispatch until
somebody in the office says which unit it is, or that it is none of ours. Source: `domain.md` §2.7 and §10.1.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.recusal import Tree
from cases.words import DemandType, RespondentState, Role, UnitKind

TEXT_LENGTH = 200
ASKED_OF = frozenset({DemandType.COMPLAINT.value, DemandType.REPORT.value})  # whose form asks


def stand_of(demand_type: str, unit: Any, text: str) -> str:
    """How settled the respondent of a new or newly classed case is."""
    if unit is not None:
        return RespondentState.UNIT.value
    if text.strip() or demand_type == DemandType.REPORT:
        return RespondentState.OPEN.value
    return ""


def must_be_settled(case: Any) -> None:
    """Raise ``Refused`` while nobody has said who is complained about."""
    if case.respondent_state == RespondentState.OPEN:
        raise Refused(
            _("First settle who is complained about: choose the unit, or “none of our units”.")
        )


def must_not_be_recused(case: Any, unit: Any, units: Tree) -> None:
    """Raise ``Refused``, with the way out, for a unit in the line of the one complained about."""
    if unit.pk not in units.recused_by(case.respondent_unit_id):
        return
    raise Refused(
        _(
            "“%(unit)s” is the unit complained about, or above or below it; it must not learn of this case. "
            "Choose %(way_out)s."
        )
        % {"unit": unit, "way_out": _way_out(case, units)}
    )


def _way_out(case: Any, units: Tree) -> str:
    """The office itself, or the unit that is to supervise the one complained about."""
    from cases.models import Unit  # noqa: PLC0415 - the models use this module

    recused = units.recused_by(case.respondent_unit_id)
    office = Unit.objects.filter(kind=UnitKind.OFFICE, is_active=True).exclude(pk__in=recused)
    names = [str(one) for one in office[:1]]
    said = _("a unit that supervises it and is outside its line")
    return said + _(", or %(office)s") % {"office": names[0]} if names else said


def name(
    case: Any, unit: Any, text: str | None, *, is_outside: bool, note: str, by: Any, at: datetime
) -> dict[str, Any]:
    """Settle who is complained about; tasks in its line are taken back, a lead's case waits for dispatch.

    ``unit``: one of ours; ``is_outside``: none of ours is; neither: only the words (``text``) change and the
    dispatch is held. Raises ``Refused`` when both are given, or nothing is.
    """
    if unit is not None and is_outside:
        raise Refused(_("Choose a unit or “none of our units”, not both."))
    if case.respondent_state == RespondentState.UNIT and unit != case.respondent_unit:
        _must_be_a_second(case, note, by)
    before = _said(case)
    if text is not None:
        case.respondent_text = text.strip()[:TEXT_LENGTH]
    case.respondent_unit = unit
    if is_outside:
        case.respondent_state = RespondentState.OUTSIDE.value
    else:
        case.respondent_state = stand_of(case.demand_type, unit, case.respondent_text)
    if before == _said(case):
        raise Refused(_("Say who is complained about: nothing is changed yet."))
    taken_back = _take_back(case, at)
    return {"from": before, "to": _said(case), "note": note.strip(), "taken_back": taken_back}


def _must_be_a_second(case: Any, note: str, by: Any) -> None:
    """A unit that is shut out is let in by a supervisor who did not settle it, with a reason."""
    if getattr(by, "kind", "staff") == "staff":
        settled = case.events.filter(kind="respondent_named").order_by("-seq").first()
        if not by.has_role(Role.SUPERVISOR) or (settled and settled.actor_id == by.pk):
            raise Refused(
                _(
                    "“%(unit)s” is settled as the unit complained about. Another person, a supervisor, "
                    "changes that on the page of the case, with the reason."
                )
                % {"unit": case.respondent_unit}
            )
    if not note.strip():
        raise Refused(_("Write why another one is complained about than was settled."))


def _said(case: Any) -> dict[str, str]:
    unit = case.respondent_unit
    return {
        "state": case.respondent_state,
        "unit": unit.code if unit else "",
        "unit_name": str(unit) if unit else "",
        "text": case.respondent_text,
    }


def _take_back(case: Any, at: datetime) -> list[str]:
    """End the open tasks of units that must not learn of it; say which."""
    from cases.models.unit import whole_tree  # noqa: PLC0415 - the models use this module

    if not case.respondent_unit_id:
        return []
    recused = whole_tree().recused_by(case.respondent_unit_id)
    tasks = list(case.assignments.held().filter(round=case.round))
    taken = [task for task in tasks if task.unit_id in recused and task.can_be_recalled]
    if any(task.role == "lead" for task in taken):  # its helpers work for nobody now
        taken = [task for task in tasks if task.can_be_recalled]
        case.follow_taken_back(at)
    for task in taken:
        task.end_as_recalled(at)
    return [task.unit.code for task in taken]
