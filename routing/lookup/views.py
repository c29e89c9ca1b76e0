"""The dispatch catalogue and the rules, searchable; a text can be tried on them."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.models import Unit
from cases.pages.access import staff_view
from cases.pages.request import StaffRequest
from routing.desk.forms import choices_for_lists
from routing.lookup.forms import TryForm
from routing.lookup.trying import attempt
from routing.rules.faults import fault_of, units_fault
from routing.rules.matching import TOWN
from routing.rules.models.catalogue_entry import CatalogueEntry
from routing.rules.models.rule import Rule

SEARCHED, SHOWN = 100, 50


@dataclass(frozen=True)
class LookupRow:
    """A rule or an entry with the names of its units; ``lead`` empty: the township of the place."""

    row: Rule | CatalogueEntry
    lead: str
    assisting: list[str]
    town_assists: bool
    fault: str


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view("case.dispatch", "reference.edit")
def catalogue(request: StaffRequest) -> HttpResponse:
    """A page of entries or rules; beside it the try-out by POST: what a citizen says is in no address."""
    shows_rules = request.GET.get("show") == "rules"
    query = request.GET.get("q", "").strip()[:SEARCHED]
    units = dict(Unit.objects.filter(is_active=True).values_list("code", "short_name"))
    number = request.GET.get("page")
    page: Page[Rule] | Page[CatalogueEntry] = (
        Paginator(_rules(query, units), SHOWN).get_page(number)
        if shows_rules
        else Paginator(_entries(query, units), SHOWN).get_page(number)
    )
    shaped = [_row(row, units) for row in page]
    form = TryForm(request.POST) if request.method == "POST" else TryForm()
    trial = attempt(now=timezone.now(), **form.cleaned_data) if form.is_valid() else None
    context = choices_for_lists() | {
        "shows_rules": shows_rules,
        "q": query,
        "page": page,
        "rows": shaped,
        "entries_count": CatalogueEntry.objects.count(),
        "rules_count": Rule.objects.count(),
        "form": form,
        "trial": trial,
    }
    return render(request, "routing/catalogue.html", context)


def _codes(query: str, units: dict[str, str]) -> list[str]:
    return [code for code, name in units.items() if query in name] if query else []


def _entries(query: str, units: dict[str, str]) -> QuerySet[CatalogueEntry]:
    rows = CatalogueEntry.objects.select_related("category")
    return rows.filter(
        Q(matter__icontains=query)
        | Q(keywords__icontains=query)
        | Q(number__startswith=query)
        | Q(category__path__icontains=query)
        | Q(legal_basis__icontains=query)
        | Q(lead__in=_codes(query, units))
    )


def _rules(query: str, units: dict[str, str]) -> QuerySet[Rule]:
    return Rule.objects.filter(
        Q(name__icontains=query)
        | Q(words__icontains=query)
        | Q(sentence__icontains=query)
        | Q(lead__in=_codes(query, units))
    )


def _row(row: Rule | CatalogueEntry, units: dict[str, str]) -> LookupRow:
    codes = row.assisting.split()
    return LookupRow(
        row,
        lead="" if row.lead == TOWN else units.get(row.lead, row.lead),
        assisting=[units.get(code, code) for code in codes if code != TOWN],
        town_assists=TOWN in codes,
        fault=fault_of(row, units) if isinstance(row, Rule) else units_fault(row, units),
    )
