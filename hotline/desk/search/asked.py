"""Read what was asked from the address: words, chosen facets, dates, order."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.models import Category, Region, Unit
from cases.words import CaseState, Channel, DemandType, Urgency
from search.port import FACETS, Filters, Sort


class Overdue(TextChoices):
    """Whether a task of an open case is past its due time now."""

    YES = "yes", _("Overdue now")
    NO = "no", _("Not overdue")


TOWN_CODE = 9  # digits
WORDS: dict[str, type[TextChoices]] = {
    "state": CaseState,
    "channel": Channel,
    "demand_type": DemandType,
    "urgency": Urgency,
    "overdue": Overdue,
}
TITLES = {
    "state": _("State"),
    "unit": _("Unit"),
    "category": _("Category"),
    "channel": _("Channel"),
    "demand_type": _("Type"),
    "region": _("Place"),
    "urgency": _("Urgency"),
    "overdue": _("Overdue"),
    "month": _("Month"),
}


class Narrow(forms.Form):
    """The filters that are not facets."""

    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        """Tell a range that runs backwards."""
        facts = super().clean() or {}
        if facts.get("since") and facts.get("until") and facts["since"] > facts["until"]:
            self.add_error("until", _("The last day lies before the first. Swap the two."))
        return facts


def _month(text: str) -> str | None:
    try:
        return f"{date.fromisoformat(f'{text}-01'):%Y-%m}"
    except ValueError:
        return None


def chosen(address: QueryDict) -> dict[str, list[str]]:
    """Return the known values of each facet in the address; unknown ones are dropped."""
    values = {facet: list(dict.fromkeys(address.getlist(facet)[:20])) for facet in FACETS}
    for facet, words in WORDS.items():
        values[facet] = [value for value in values[facet] if value in words.values]
    values["month"] = [month for month in map(_month, values["month"]) if month]
    return values


def _places(code: str) -> list[int]:
    """A township with its villages; the county's code means cases known no better than that."""
    inside = Q(code__startswith=code) if len(code) >= TOWN_CODE else Q(code=code)
    return list(Region.objects.filter(inside).values_list("pk", flat=True))


def filters(values: dict[str, list[str]], narrow: Narrow) -> Filters:
    """Turn the address into filters; units and categories stand for everything below them."""
    facts = narrow.cleaned_data if narrow.is_valid() else {}
    units = [pk for unit in Unit.objects.filter(code__in=values["unit"]) for pk in unit.tree_ids()]
    categories = [
        pk
        for code in values["category"]
        for pk in Category.objects.filter(code__startswith=code).values_list("pk", flat=True)
    ]
    places = [pk for code in values["region"] for pk in _places(code)]
    return Filters(
        state=tuple(values["state"]),
        unit=tuple(units) or ((0,) if values["unit"] else ()),
        category=tuple(categories) or ((0,) if values["category"] else ()),
        channel=tuple(values["channel"]),
        demand_type=tuple(values["demand_type"]),
        region=tuple(places) or ((0,) if values["region"] else ()),
        urgency=tuple(values["urgency"]),
        overdue=tuple(values["overdue"]),
        month=tuple(values["month"]),
        since=facts.get("since"),
        until=facts.get("until"),
    )


def order(address: QueryDict) -> Sort:
    """Return the order asked for; newest first without one."""
    asked = address.get("sort", "")
    return Sort(asked) if asked in set(Sort) else Sort.NEWEST
