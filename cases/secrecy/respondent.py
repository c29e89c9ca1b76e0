"""Who is complained about (被反映对象): named by the citizen, settled by the office, kept out of the case.

A report of wrongdoing, or a respondent written in the citizen's own words, holds the dispatch until
somebody in the office says which units it is about, or that it is about none of ours. There may be several;
naming one more takes one person, letting one in again takes a second. Source: `domain.md` §2.7 and §10.1.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.people.models.unit import Unit, whole_tree
from cases.people.permissions import may
from cases.people.person import Person
from cases.secrecy.models.respondent import Respondent
from cases.shapes import Payload
from cases.words import DemandType, RespondentState, UnitKind

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case

TEXT_LENGTH = 200
ASKED_OF = frozenset({DemandType.COMPLAINT.value, DemandType.REPORT.value})  # whose form asks


def stand_of(demand_type: str, units: Sequence[Unit | Respondent], text: str) -> str:
    """How settled it is who is complained about in a new or newly classed case."""
    if units:
        return RespondentState.UNIT.value
    if text.strip() or demand_type == DemandType.REPORT:
        return RespondentState.OPEN.value
    return ""


def must_be_settled(case: "Case") -> None:
    """Raise ``Refused`` while nobody has said who is complained about."""
    if case.is_respondent_open:
        raise Refused(
            _("First settle who is complained about: choose the unit, or “none of our units”.")
        )


def recused_from(case: "Case") -> frozenset[int]:
    """Ids of the units that must not learn of the case: one query, a second if somebody is accused."""
    return whole_tree().recused_by(*case.accused_ids) if case.accused_ids else frozenset()


def must_not_be_recused(case: "Case", unit: Unit) -> None:
    """Raise ``Refused``, with the way out, for a unit in the line of one complained about."""
    recused = recused_from(case)
    if unit.pk not in recused:
        return
    raise Refused(
        _(
            "“%(unit)s” is the unit complained about, or above or below it; it must not learn of this case. "
            "Choose %(way_out)s."
        )
        % {"unit": unit, "way_out": _way_out(recused)}
    )


def _way_out(recused: frozenset[int]) -> str:
    """The office itself, or the unit that is to supervise the one complained about."""
    office = Unit.objects.filter(kind=UnitKind.OFFICE, is_active=True).exclude(pk__in=recused)
    names = [str(one) for one in office[:1]]
    said = _("a unit that supervises it and is outside its line")
    return said + _(", or %(office)s") % {"office": names[0]} if names else said


def keep(
    case: "Case", units: Iterable[Unit], *, by: Person, at: datetime, is_accused: bool = True
) -> None:
    """Write what is said of the units; an earlier word on one of them no longer holds."""
    units = list(units)
    if not units:
        return
    for unit in units:
        case.respondents.filter(unit=unit, withdrawn_at=None).update(
            withdrawn_at=at, withdrawn_by=by.pk
        )
        Respondent.objects.create(
            case=case, unit=unit, is_accused=is_accused, named_by_id=by.pk, named_at=at
        )
    _read_again(case)


def name(
    case: "Case",
    units: Iterable[Unit],
    text: str | None,
    *,
    is_outside: bool,
    note: str,
    by: Person,
    at: datetime,
) -> Payload:
    """Settle who is complained about; tasks in its line are taken back, a lead's case waits for dispatch.

    ``units``: those of ours, beside the ones settled before; ``is_outside``: none of ours is; neither: only
    the words (``text``) change. Raises ``Refused`` when both are given, or nothing is.
    """
    units = list(units)
    if units and is_outside:
        raise Refused(_("Choose a unit or “none of our units”, not both."))
    if is_outside:
        _must_be_a_second(case.accused, note, by)
    before = _said(case)
    if text is not None:
        case.respondent_text = text.strip()[:TEXT_LENGTH]
    added = [unit for unit in units if unit.pk not in case.accused_ids]
    keep(case, added, by=by, at=at)
    if is_outside:
        _withdraw(case, case.accused, by=by, at=at)
        case.respondent_state = RespondentState.OUTSIDE.value
    elif units or not case.is_respondent_outside:
        case.respondent_state = stand_of(case.demand_type, case.accused, case.respondent_text)
    if before == _said(case):
        raise Refused(_("Say who is complained about: nothing is changed yet."))
    return {
        "from": before,
        "to": _said(case),
        "added": [str(unit) for unit in added],
        "note": note.strip(),
        "taken_back": _take_back(case, at),
    }


def withdraw(case: "Case", unit: Unit, *, note: str, by: Person, at: datetime) -> Payload:
    """Let one unit in again: it is not complained about after all."""
    rows = [row for row in case.accused if row.unit_id == unit.pk]
    if not rows:
        raise Refused(_("“%(unit)s” is not settled as a unit complained about.") % {"unit": unit})
    _must_be_a_second(rows, note, by)
    before = _said(case)
    _withdraw(case, rows, by=by, at=at)
    case.respondent_state = stand_of(case.demand_type, case.accused, case.respondent_text)
    return {"from": before, "to": _said(case), "unit": str(unit), "note": note.strip()}


def deny(case: "Case", units: Iterable[Unit], note: str, *, by: Person, at: datetime) -> Payload:
    """Keep the answer that units named in the text are not complained about, only responsible."""
    fresh = [unit for unit in units if unit.pk not in case.accused_ids]
    if not fresh:
        raise Refused(_("Say which unit is not complained about."))
    keep(case, fresh, by=by, at=at, is_accused=False)
    return {
        "units": [unit.code for unit in fresh],
        "unit_names": [str(unit) for unit in fresh],
        "note": note.strip(),
    }


def _must_be_a_second(rows: Sequence[Respondent], note: str, by: Person) -> None:
    """A unit that is shut out is let in by a supervisor who did not settle it, with a reason."""
    if not rows:
        return
    if by.kind == "staff":
        is_first = any(row.named_by_id == by.pk for row in rows)
        if not may(by, "case.withdraw_respondent") or is_first:
            raise Refused(
                _(
                    "“%(unit)s” is settled as the unit complained about. Another person, a supervisor, "
                    "changes that on the page of the case, with the reason."
                )
                % {"unit": "、".join(str(row.unit) for row in rows)}
            )
    if not note.strip():
        raise Refused(_("Write why the unit is let in again that was settled as complained about."))


def _withdraw(case: "Case", rows: Sequence[Respondent], *, by: Person, at: datetime) -> None:
    case.respondents.filter(pk__in=[row.pk for row in rows]).update(
        withdrawn_at=at, withdrawn_by=by.pk
    )
    _read_again(case)


def _read_again(case: "Case") -> None:
    """A copy that reads it later must not keep what it read before (``step`` hands the copy on)."""
    case.accused = case.read_accused()


def _said(case: "Case") -> Payload:
    return {
        "state": case.respondent_state,
        "units": [row.unit.code for row in case.accused],
        "unit_names": [str(row.unit) for row in case.accused],
        "text": case.respondent_text,
    }


def _take_back(case: "Case", at: datetime) -> list[str]:
    """End the open tasks of units that must not learn of it; say which."""
    if not case.accused:
        return []
    recused = recused_from(case)
    tasks = list(case.assignments.held().filter(round=case.round))
    taken = [task for task in tasks if task.unit_id in recused and task.can_be_recalled]
    if any(task.role == "lead" for task in taken):  # its helpers work for nobody now
        taken = [task for task in tasks if task.can_be_recalled]
        case.follow_taken_back(at)
    for task in taken:
        task.end_as_recalled(at)
    return [str(task.unit) for task in taken]
