"""Show the citizen's name and number once, after the reason is written down (`domain.md` §2.7)."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cases.looks import revealing
from cases.pages.access import staff_view
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from hotline.desk.casepage.identity.forms import RevealForm
from hotline.desk.casepage.page import Refill, show_case, shown_case


@require_POST
@never_cache
@staff_view("case.reveal")
def reveal(request: StaffRequest, number: str) -> HttpResponse:
    """Log who sees whose data and why, then show it in this answer only."""
    case = shown_case(request.user, number)
    revealing.check(case, by=request.user)
    if not case.petitioner_id:
        raise Http404
    form = RevealForm(request.POST)
    if form.is_valid():
        with told_on(form, "reason"):
            revealing.reveal(
                case,
                "name,phone",
                form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            return show_case(request, case, revealed=True)
    return show_case(request, case, refill=Refill("reveal", form), status=422)
