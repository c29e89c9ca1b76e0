"""The supervisor's board: where does it hang, who needs help?"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.looks.looking import saw
from cases.pages.access import staff_view
from cases.pages.request import StaffRequest
from satisfaction.board import content
from satisfaction.board.numbers import Numbers
from satisfaction.periods import month_of, today
from satisfaction.statistics.selection import Selection, sees_all_units


@require_safe
@never_cache
@staff_view("figures.see")
def board(request: StaffRequest) -> HttpResponse:
    """Show today, this month, the units of one class, twelve months and what needs a decision."""
    if not sees_all_units(request.user):
        raise Http404
    now = timezone.now()
    chosen = Selection(request.user, now, month_of(today(now)))
    kind = request.GET.get("class", "")
    kind = kind if kind in content.CLASSES else ""
    numbers = Numbers(chosen)
    months = content.months(numbers)
    needs = content.needs(chosen)
    saw(by=request.user, at=now, lists={"board": len(needs)})
    return render(
        request,
        "satisfaction/board.html",
        {
            "now": now,
            "chosen": chosen,
            "figures": content.figures(numbers),
            "units": content.units(numbers, kind),
            "kind": kind,
            "classes": content.CLASSES,
            "few": content.FEW,
            "months": months,
            "trend": content.trend(months),
            "needs": needs,
        },
    )
