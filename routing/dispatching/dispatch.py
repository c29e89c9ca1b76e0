"""Send a case to its units and keep why: the verb of ``cases`` and the decision in one transaction."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.lifecycle.classing import Classing
from cases.models import Case, Unit
from cases.people.person import Person
from cases.words import CaseState, DemandType
from routing.accused.asking import must_be_asked
from routing.advice.suggest import UnitSuggestion, foremost, suggest
from routing.dispatching.models.decision import Decision


def to_whom(lead: Unit, assisting: Iterable[Unit] = ()) -> str:
    """Whom a case goes to, in words: the lead, and who assists."""
    others = "、".join(str(unit) for unit in assisting if unit.pk != lead.pk)
    if not others:
        return str(lead)
    return _("%(lead)s, assisted by %(others)s") % {"lead": lead, "others": others}


def dispatch_case(
    case: Case,
    lead: Unit,
    assisting: Sequence[Unit] = (),
    *,
    note: str = "",
    source: str = "",
    suggestions: Sequence[UnitSuggestion] | None = None,
    facts: Classing | None = None,
    not_about: Collection[Unit] | None = (),
    by: Person,
    at: datetime,
) -> Decision:
    """Dispatch, and record what was suggested and what was chosen.

    A case still waiting for acceptance is accepted first; ``facts`` (category, region, demand_type,
    urgency, title …) classify it in the same transaction. ``suggestions`` are those the person saw,
    best first; without them they are worked out here. ``source="manual"``: the person named the unit
    without taking a suggestion. ``not_about``: units named in the text of which the person said that they
    only handle it (``None``: all of them). Raises what the verbs raise: ``Refused``, ``IllegalStep``,
    ``NotPermitted``, ``Unasked`` of a complaint that names its unit; then only what became a report stays.
    """
    suggestions = suggest(case, at=at) if suggestions is None else suggestions
    offered = () if source == Decision.Kind.MANUAL else suggestions
    taken = next((one for one in offered if one.unit.pk == lead.pk), None)
    was, facts = case.demand_type, facts or Classing()
    _protect(case, facts, by=by, at=at)
    with transaction.atomic():
        classify(case, facts, by=by, at=at)
        must_be_asked(case, [lead, *assisting], not_about, was=was, by=by, at=at)
        case.dispatch(
            lead=lead,
            assisting=list(assisting),
            basis=taken.sentence if taken else "",
            note=note,
            by=by,
            at=at,
        )
        first = foremost(suggestions)
        return _decided(case, lead, taken, first.unit if first else None, by=by, at=at)


def _protect(case: Case, facts: Classing, *, by: Person, at: datetime) -> None:
    """Keep by itself that a matter became a report: whoever reports stays protected if nothing is sent."""
    becomes_one = facts.get("demand_type") == DemandType.REPORT
    if becomes_one and case.demand_type != DemandType.REPORT:
        classify(case, facts, by=by, at=at)


def _decided(
    case: Case,
    lead: Unit,
    taken: UnitSuggestion | None,
    suggested: Unit | None,
    *,
    by: Person,
    at: datetime,
) -> Decision:
    return Decision.objects.create(
        case=case,
        turn=Decision.objects.filter(case=case).count() + 1,
        round=case.round,
        kind=taken.source if taken else Decision.Kind.MANUAL,
        rule_id=taken.rule_id if taken else None,
        entry_id=taken.entry_id if taken else None,
        sentence=taken.sentence[:400] if taken else "",
        confidence=taken.confidence if taken else None,
        suggested_unit=suggested,
        chosen_unit=lead,
        by_id=by.pk,
        at=at,
    )


def rework_case(
    case: Case,
    unit: Unit | None,
    note: str,
    *,
    not_about: Collection[Unit] | None = (),
    by: Person,
    at: datetime,
) -> None:
    """Order a rework by ``unit`` (``None``: by the same one); raises ``Unasked`` as a dispatch does."""
    with transaction.atomic():
        last = None if unit else case.lead()
        to = unit or (last.unit if last else None)
        must_be_asked(case, [to] if to else [], not_about, by=by, at=at)
        case.order_rework(note=note, unit=unit, by=by, at=at)


def classify(case: Case, facts: Classing, *, by: Person, at: datetime) -> None:
    """Accept a submitted case with its class, or reclassify an accepted one where it differs."""
    if case.state == CaseState.SUBMITTED:
        case.accept(by=by, at=at, **facts)
        return
    if any(value is not None and getattr(case, name) != value for name, value in facts.items()):
        case.reclassify(by=by, at=at, **facts)
