"""A question in a person's words, for pages, notices and the head of an export."""

from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.models import Category, Region, Unit
from cases.words import CaseState, Channel, DemandType, Urgency
from search.asking.question import Question
from search.engines.port import FACETS


class Overdue(TextChoices):
    """Whether a task of an open case is past its due time now."""

    YES = "yes", gettext_lazy("Overdue now")
    NO = "no", gettext_lazy("Not overdue")


WORDS: dict[str, type[TextChoices]] = {
    "state": CaseState,
    "channel": Channel,
    "demand_type": DemandType,
    "urgency": Urgency,
    "overdue": Overdue,
}
TITLES = {
    "state": pgettext_lazy("facet", "State"),
    "unit": pgettext_lazy("facet", "Unit"),
    "category": pgettext_lazy("facet", "Category"),
    "channel": pgettext_lazy("facet", "Channel"),
    "demand_type": pgettext_lazy("facet", "Type"),
    "region": pgettext_lazy("facet", "Place"),
    "urgency": pgettext_lazy("facet", "Urgency"),
    "overdue": pgettext_lazy("facet", "Overdue"),
    "month": pgettext_lazy("facet", "Month"),
}
NAMED: dict[str, type[Unit | Category | Region]] = {
    "unit": Unit,
    "category": Category,
    "region": Region,
}


def labels(facet: str, values: tuple[str, ...]) -> dict[str, str]:
    """The words for values of a facet; an unknown one stands for itself."""
    if facet in WORDS:
        known = dict(WORDS[facet].choices)
        return {value: str(known.get(value, value)) for value in values}
    if facet == "month":
        return {value: month(value) for value in values}
    rows = NAMED[facet].objects.filter(code__in=values)
    names = {row.code: getattr(row, "short_name", "") or row.name for row in rows}
    return {value: names.get(value, value) for value in values}


def month(value: str) -> str:
    """A month (``2026-11``) as it is said."""
    return date_format(date.fromisoformat(f"{value}-01"), "YEAR_MONTH_FORMAT")


def parts(question: Question) -> list[tuple[str, str]]:
    """What is asked, piece by piece: (what, its values in words)."""
    found = [(_("Words"), question.words)] if question.words else []
    found += [
        (str(TITLES[facet]), "、".join(labels(facet, values).values()))
        for facet in FACETS
        if (values := question.values(facet))
    ]
    if question.since or question.until:
        first, last = question.since or "…", question.until or "…"
        found.append((_("Registered"), f"{first} – {last}"))
    return found


def sentence(question: Question) -> str:
    """The whole question in one line."""
    one = _("%(what)s: %(values)s")
    said = [one % {"what": what, "values": values} for what, values in parts(question)]
    return _("; ").join(said) or _("all cases")
