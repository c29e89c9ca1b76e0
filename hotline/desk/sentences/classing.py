"""How a case was classed anew, in words: the history must say from which type to which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Event
from cases.shapes import Payload
from cases.words import DemandType, Secrecy, Urgency

LABELS: dict[str, type[TextChoices]] = {
    "demand_type": DemandType,
    "urgency": Urgency,
    "secrecy": Secrecy,
}
WHAT = {
    "demand_type": _("type"),
    "secrecy": _("secrecy"),
    "urgency": _("urgency"),
    "category": _("category"),
    "region": _("place"),
    "title": _("title"),
    "address": _("address"),
}


@dataclass(frozen=True)
class Before:
    """The type a case had until somebody changed it."""

    label: str
    slug: str
    who: str
    until: datetime


def changes(payload: Payload) -> str:
    """Say what was changed from what to what: “: type Report of wrongdoing → Complaint; place”."""
    changed, names = payload.get("changed") or {}, payload.get("names") or {}
    said = [_one(field, names.get(field) or changed[field]) for field in WHAT if field in changed]
    if not said:
        return ""
    return gettext(": %(changes)s") % {"changes": gettext("; ").join(said)}


def _one(field: str, pair: list[str]) -> str:
    old, new = (_label(field, one) for one in pair)
    words = {"what": WHAT[field], "old": old, "new": new}
    if field in {"title", "address"}:  # the texts themselves are not repeated
        return str(WHAT[field])
    if not old:
        return gettext("%(what)s %(new)s") % words
    return gettext("%(what)s %(old)s → %(new)s") % words


def _label(field: str, slug: str) -> str:
    words = LABELS.get(field)
    return str(words(slug).label) if words and slug in words.values else str(slug)


def types_before(events: Iterable[Event]) -> list[Before]:
    """Types the case had before, the latest first (``events``: newest first)."""
    found = []
    for event in events:
        pair = (event.payload.get("changed") or {}).get("demand_type")
        if pair:
            label = _label("demand_type", pair[0])
            found.append(Before(label, pair[0], event.actor_name, event.at))
    return found
