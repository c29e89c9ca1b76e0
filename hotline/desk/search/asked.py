"""Read what was asked from an address or a form: words, chosen facets, dates, order."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.pages.days import DayField, is_within
from cases.privacy.unseen import without_unseen
from cases.shapes import Payload
from search.asking.question import Question
from search.asking.wording import WORDS
from search.engines.port import FACETS, Sort
from search.words.query_language import LONGEST

MOST_VALUES = 20  # of one facet in an address


class SearchNarrowForm(forms.Form):
    """The filters that are not facets."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def clean(self) -> Payload:
        """Tell a range that runs backwards."""
        facts = super().clean() or {}
        if facts.get("since") and facts.get("until") and facts["since"] > facts["until"]:
            self.add_error("until", _("The last day lies before the first. Swap the two."))
        return facts


def asked(sent: QueryDict, narrow: SearchNarrowForm, words: str | None = None) -> Question:
    """The question in an address or form; ``words`` replace those in it. Unknown values are dropped."""
    days = narrow.cleaned_data if narrow.is_valid() else {}
    text = sent.get("q", "") if words is None else words
    return Question(
        words=without_unseen(text).strip()[:LONGEST],
        chosen={facet: values for facet in FACETS if (values := _chosen(sent, facet))},
        since=days.get("since"),
        until=days.get("until"),
        sort=_order(sent),
    )


def _chosen(sent: QueryDict, facet: str) -> tuple[str, ...]:
    values = [v for v in dict.fromkeys(sent.getlist(facet)[:MOST_VALUES]) if v]
    if facet in WORDS:
        return tuple(value for value in values if value in WORDS[facet].values)
    if facet == "month":
        return tuple(month for month in map(_month, values) if month)
    return tuple(value[:40].replace("\x00", "") for value in values)


def _month(text: str) -> str | None:
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return f"{month:%Y-%m}" if is_within(month) else None


def _order(sent: QueryDict) -> Sort:
    """The order asked for; newest first without one."""
    text = sent.get("sort", "")
    return Sort(text) if text in set(Sort) else Sort.NEWEST
