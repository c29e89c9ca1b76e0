"""Why a rule or an entry of the catalogue cannot be applied, as a sentence for its owner."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from cases.models import Unit
from cases.words import Channel, DemandType, Urgency
from routing.rules import matching

CONDITIONS = (
    "category_code",
    "region_code",
    "words",
    "channel",
    "urgency",
    "demand_type",
    "hours",
)


class NamesUnits(Protocol):
    """A rule or an entry of the catalogue, as far as it names units by their codes."""

    lead: str
    assisting: str


class Conditional(NamesUnits, Protocol):
    """A rule: what it names holds under conditions, each empty where it asks nothing."""

    category_code: str
    region_code: str
    words: str
    channel: str
    urgency: str
    demand_type: str
    hours: str


def known_codes() -> frozenset[str]:
    """Codes of the units in use."""
    return frozenset(Unit.objects.filter(is_active=True).values_list("code", flat=True))


def fault_of(row: Conditional, codes: Iterable[str]) -> str:
    """Why a rule is not applied, or "" ."""
    return shape_fault(row) or units_fault(row, codes)


def shape_fault(row: Conditional) -> str:
    """What is wrong with the conditions themselves."""
    if not any(getattr(row, name) for name in CONDITIONS):
        return _("The rule has no condition and would catch everything. Fill in at least one.")
    closed = (
        (row.channel, Channel, _("channel")),
        (row.urgency, Urgency, _("urgency")),
        (row.demand_type, DemandType, _("type")),
    )
    for value, known, what in closed:
        if value and value not in known.values:
            return _("“%(value)s” is no known %(what)s.") % {"value": value, "what": what}
    if row.hours:
        try:
            matching.Hours.parse(row.hours)
        except ValueError:
            return _("The hours “%(hours)s” cannot be read; write them as 20:00-06:00.") % {
                "hours": row.hours
            }
    return ""


def units_fault(row: NamesUnits, codes: Iterable[str]) -> str:
    """Which unit of a rule or an entry does not exist or is no longer in use."""
    named = {row.lead, *row.assisting.split()} - {matching.TOWN}
    missing = sorted(named - set(codes))
    if missing:
        return _("No unit in use has the code “%(codes)s”.") % {"codes": "、".join(missing)}
    return ""
