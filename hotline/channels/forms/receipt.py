"""The receipt of a matter sent from the public site: number, code, what happens next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.models import Case
from hotline.channels.forms.permission import is_granted
from hotline.site.pages.pledges import pledge


@never_cache
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Shown for half an hour to the browser that sent it; later the code opens the progress page."""
    now = timezone.now()
    if not is_granted(request, number, now):
        return redirect("site:progress")
    case = Case.objects.get(number=number)
    context = {
        "case": case,
        "title": case.original("title"),
        "now": now,
        "code": case.query_code,
        "promise": pledge(case.channel, "promise", now, case.demand_type),
    }
    return render(request, "site/receipt.html", context)
