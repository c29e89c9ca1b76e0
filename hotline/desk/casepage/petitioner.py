"""Show the citizen's name and number once, after the reason is written down (`domain.md` §2.7)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.models import ViewLog
from cases.permissions import may
from hotline.desk.casepage.forms import RevealForm
from hotline.desk.casepage.page import Refill, case_for, show


@require_POST
@never_cache
@staff_view("case.reveal")
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Log who sees whose data and why, then show it in this answer only."""
    case = case_for(request.user, number)
    if not case.petitioner_id or not may(request.user, "case.reveal", case):
        raise Http404
    form = RevealForm(request.POST)
    if not form.is_valid():
        return show(request, case, refill=Refill("reveal", form), status=422)
    ViewLog.objects.create(
        case=case,
        user=request.user,
        fields="name,phone",
        reason=form.cleaned_data["reason"],
        at=timezone.now(),
    )
    return show(request, case, revealed=True)
