"""Search page: a whole case number opens the case, everything else is a list with counts."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cases.access import staff_view
from cases.phone import normalise
from hotline.desk.search.asked import TITLES, WORDS, Narrow, chosen, filters, order
from search.finding import PHONE_DIGITS, TAIL_DIGITS, find, jump, may_find_by_phone
from search.port import FACETS, Count, Filters, Result, Sort
from search.query_language import LONGEST, parse

SHOWN_VALUES = 8  # of a facet; the rest behind "more"
ORDERS = {
    Sort.NEWEST: gettext_lazy("Newest first"),
    Sort.RELEVANCE: gettext_lazy("Best match first"),
    Sort.DUE: gettext_lazy("Due first"),
}


@require_safe
@staff_view()
def search(request: HttpRequest) -> HttpResponse:
    """Search within what the person may see."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    if case := jump(text, request.user):
        return redirect("desk:case", case.number)
    values = chosen(request.GET)
    narrow = Narrow(request.GET or None)
    wanted, sort = filters(values, narrow), order(request.GET)
    is_asked = not parse(text).is_empty or wanted != Filters()
    page: dict[str, Any] = {"is_asked": is_asked, "query": text, "narrow": narrow, "sort": sort}
    if is_asked:
        result, tail = _answer(request, text, wanted, sort)
        page |= {
            "result": result,
            "tail": tail,
            "last": result.first + len(result.hits) - 1,
            "next_url": _with(request.GET, after=result.next_cursor),
            "facets": _facets(request.GET, values, result),
        }
    page |= {
        "orders": [(_with(request.GET, sort=one.value), name, one) for one, name in ORDERS.items()],
        "first_url": _with(request.GET),
        "plain_url": _with(QueryDict(), q=text),
        "hidden": [(facet, value) for facet in FACETS for value in values[facet]],
        "has_filters": wanted != Filters(),
        "is_office": may_find_by_phone(request.user),
    }
    return render(request, "desk/search.html", page)


def _answer(request: HttpRequest, text: str, wanted: Filters, sort: Sort) -> tuple[Result, str]:
    """Return the answer, and the digits that were taken for a telephone number (``""``: none).

    A whole number is looked up as one; four digits are words first and a tail when no case has them.
    """
    asked: dict[str, Any] = {
        "at": timezone.now(),
        "filters": wanted,
        "sort": sort,
        "cursor": request.GET.get("after", ""),
    }
    digits = normalise(text) if text.replace(" ", "").replace("-", "").isdecimal() else ""
    by_phone = may_find_by_phone(request.user) and digits
    if by_phone and len(digits) >= PHONE_DIGITS:
        result = find(f"phone:{digits}", request.user, **asked)
        if result.total:
            return result, digits
    result = find(text, request.user, **asked)
    if by_phone and len(digits) == TAIL_DIGITS and not result.total:
        tail = find(f"phone:{digits}", request.user, **asked)
        if tail.total:
            return tail, digits
    return result, ""


def _with(address: QueryDict, **changed: str) -> str:
    """Return the address of the first page with parameters set; empty ones are left out."""
    copy = address.copy()
    copy.pop("after", None)
    for name, value in changed.items():
        copy[name] = value
    kept = QueryDict(mutable=True)
    for name, values in copy.lists():
        kept.setlist(name, [value for value in values if value])
    return f"?{kept.urlencode()}"


def _toggled(address: QueryDict, facet: str, value: str) -> str:
    copy = address.copy()
    copy.pop("after", None)
    values = copy.getlist(facet)
    others = [one for one in values if one != value]
    copy.setlist(facet, others if value in values else [*values, value])
    return f"?{copy.urlencode()}"


def _label(facet: str, count: Count) -> str:
    if facet in WORDS:
        return str(WORDS[facet](count.value).label)
    if facet == "month":
        return date_format(date.fromisoformat(f"{count.value}-01"), "YEAR_MONTH_FORMAT")
    return count.label or _("Unknown")


def _facets(
    address: QueryDict, values: dict[str, list[str]], result: Result
) -> list[dict[str, Any]]:
    """Return the facets as the template shows them; what is chosen stays in sight."""
    shown = []
    for facet in FACETS:
        rows = [
            {
                "label": _label(facet, count),
                "count": count.count,
                "is_chosen": count.value in values[facet],
                "url": _toggled(address, facet, count.value),
            }
            for count in result.facets.get(facet, ())
        ]
        rows.sort(key=lambda row: not row["is_chosen"])
        if rows:
            shown.append(
                {"title": TITLES[facet], "first": rows[:SHOWN_VALUES], "rest": rows[SHOWN_VALUES:]}
            )
    return shown
