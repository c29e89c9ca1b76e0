"""Settle who is complained about: whoever passes over a unit that the citizen named says why.

The verb is ``Case.name_respondent``; both screens that settle come through here. Source: `domain.md` §2.7
and a trial in which one tick on “none of our units” sent a report to the unit it was about.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.models import Case, Respondent, Unit
from cases.people.person import Person
from routing.accused.proposing import Names, text_of

SHORTEST = 2  # letters of a reason


def settle(
    case: Case, *, units: Collection[Unit], is_outside: bool, note: str, by: Person, at: datetime
) -> list[str]:
    """Name ``units``, or none of ours; returns the names of the units that lost the case by it.

    Raises ``Refused`` when the citizen's words name another unit, nobody has answered for it before and no
    reason is given. A reason answers for units that only the text names; one that stands in the citizen's own
    answer to whom it is about is asked about once more before the case goes there.
    """
    names = Names()
    passed_over = _passed_over(names, case, units)
    if passed_over and len(note.strip()) < SHORTEST:
        said = "、".join(map(str, passed_over))
        raise Refused(
            _("The text names %(units)s. Tick it, or write why it is not the one complained about.")
            % {"units": said}
        )
    answered = {one.unit for one in names.proposed(case.respondent_text)}
    with transaction.atomic():
        case.name_respondent(units=units, is_outside=is_outside, note=note, by=by, at=at)
        named = case.events.filter(kind="respondent_named").latest("seq")
        if told := [unit for unit in passed_over if unit not in answered]:
            case.deny_respondent(units=told, by=by, at=at)
    taken_back: list[str] = named.payload["taken_back"]
    return taken_back


def said_of_taken(case: Case, units: Collection[str]) -> str:
    """The sentence for whoever settled while units had the case; "" where none had.

    A unit that only assisted leaves the case with its lead unit.
    """
    if not units:
        return ""
    names = {"units": "、".join(units), "lead": case.lead_unit}
    if case.lead_unit is None:
        return _("Taken back from %(units)s; it waits to be dispatched anew.") % names
    return _("Taken back from %(units)s; %(lead)s goes on with it.") % names


def _passed_over(names: Names, case: Case, units: Collection[Unit]) -> list[Unit]:
    named = [one.unit for one in names.proposed(text_of(case)) if one.is_likely]
    if not (left := [unit for unit in named if unit not in units]):
        return []
    told = set(Respondent.objects.filter(case=case).values_list("unit_id", flat=True))
    return [unit for unit in left if unit.pk not in told]
