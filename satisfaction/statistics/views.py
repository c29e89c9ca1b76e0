"""The figures: month and year, every metric with its definition, tables, export, the rows behind."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.looks.looking import saw
from cases.models import Assignment, Case, Contact, Unit
from cases.pages.access import staff_view
from cases.pages.request import StaffRequest
from cases.shapes import Context
from cases.words import Channel
from satisfaction.metrics import REGISTRY
from satisfaction.metrics.metric import BEHIND
from satisfaction.periods import month_of, today
from satisfaction.rating.models.evaluation import Evaluation
from satisfaction.statistics.cells import Addresses
from satisfaction.statistics.export import as_csv, as_xlsx
from satisfaction.statistics.kept import drawn
from satisfaction.statistics.selection import Selection, sees_all_units, selected
from satisfaction.statistics.tables import StatisticsShown

PAGE = 50
FILES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
RELATED = {
    "case": ("lead_unit",),
    "task": ("case", "unit"),
    "rating": ("case", "unit"),
    "call": ("case", "operator"),
}


@dataclass(frozen=True)
class FigureRow:
    """One row behind a figure; ``case`` is ``None`` of a call without one."""

    row: Case | Assignment | Evaluation | Contact

    @property
    def case(self) -> Case | None:
        """The case it is about."""
        return self.row if isinstance(self.row, Case) else self.row.case


@require_safe
@never_cache
@staff_view("figures.see")
def figures(request: StaffRequest) -> HttpResponse:
    """Show all figures of a period."""
    now = timezone.now()
    chosen = selected(request.GET, request.user, now)
    shown = StatisticsShown(chosen)
    context = {"chosen": chosen, "body": mark_safe(drawn(shown, lambda: _body(shown)))}
    return render(request, "satisfaction/figures.html", context)


def _body(shown: StatisticsShown) -> str:
    context = {
        "chosen": shown.chosen,
        "as_of": shown.as_of,
        "cells": shown.declared(),
        "tables": shown.tables(),
    }
    return render_to_string(
        "satisfaction/figures_body.html", context | _choices(shown.chosen, shown.units)
    )


@require_safe
@never_cache
@staff_view("figures.see")
def figure_cases(request: StaffRequest, metric: str) -> HttpResponse:
    """List the exact rows behind a figure, fifty a page."""
    if metric not in REGISTRY:
        raise Http404
    found = REGISTRY[metric]
    if found.is_office_only and not sees_all_units(request.user):
        raise Http404
    chosen = selected(request.GET, request.user, timezone.now())
    which = request.GET.get("which", "all")
    which = which if which in BEHIND and found.counted is not None else "all"
    behind = found.behind(chosen.scope, which).select_related(*RELATED[found.of])
    rows = behind.order_by(f"-{found.dated}", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    saw(by=request.user, at=chosen.at, lists={"figure_cases": len(page.object_list)})
    context = {
        "chosen": chosen,
        "cell": Addresses(chosen).cell(found, found.count(chosen.scope)),
        "counted_url": chosen.cases_url(found, "counted"),
        "which": which,
        "page": page,
        "rows": [FigureRow(one) for one in page],
        "now": chosen.at,
    }
    return render(request, "satisfaction/figure_cases.html", context)


@require_safe
@never_cache
@staff_view("figures.see")
def figures_export(request: StaffRequest, kind: str) -> HttpResponse:
    """Give the figures of a selection as a file."""
    if kind not in FILES:
        raise Http404
    chosen = selected(request.GET, request.user, timezone.now())
    write, content_type = FILES[kind]
    answer = HttpResponse(write(chosen), content_type=content_type)
    name = f"figures-{chosen.period.first}-{chosen.period.last}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _choices(chosen: Selection, units: list[Unit]) -> Context:
    """What the head of the page offers: months before and after, channels, units."""
    period, this_month = chosen.period, month_of(today(chosen.at))
    office = sees_all_units(chosen.user)
    return {
        "before": chosen.over(period.earlier()),
        "this_month": chosen.over(this_month),
        "after": chosen.over(period.later()),
        "channels": Channel,
        "units": [
            unit for unit in units if unit.is_active and (office or unit.pk in chosen.user.unit_ids)
        ],
        "is_office": office,
        "this_year": this_month.first.year,
        "year": period.first.year,
    }
