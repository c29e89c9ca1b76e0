"""One page that says how the system is, and four acts on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cases.models import SystemAct
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.request import StaffRequest
from cases.system.acts import ask
from cases.system.releasing import release_parked
from hotline.desk.admin.system import acts, backups, state, work
from search.indexing import rebuilding


@require_safe
@never_cache
@staff_view("system.watch")
def system(request: StaffRequest) -> HttpResponse:
    """Show database, search engines, background work and storage, and what was done lately.

    While something is under way the page asks for its own part again (htmx), not for the bar around it.
    """
    template = "desk/system_state.html" if request.headers.get("HX-Request") else "desk/system.html"
    now = timezone.now()
    told = state.read(now) | work.read(now) | backups.read(now) | acts.read()
    return render(request, template, told)


@require_POST
@staff_view("system.watch")
def check(request: StaffRequest) -> HttpResponse:
    """Have every index compared with the cases."""
    ask(SystemAct.CHECK, by=request.user, at=timezone.now())
    return _back(request, _("The indexes are being checked. The result appears here."))


@require_POST
@staff_view("system.watch")
def repair(request: StaffRequest) -> HttpResponse:
    """Have every index put right."""
    ask(SystemAct.REPAIR, by=request.user, at=timezone.now())
    return _back(request, _("The indexes are being repaired. The result appears here."))


@require_POST
@staff_view("system.watch")
def rebuild(request: StaffRequest) -> HttpResponse:
    """Have the indexes made that are wanting or of another version of the product."""
    if rebuilding.ask(by=request.user, at=timezone.now()) is None:
        return _back(request, _("No index wants rebuilding."))
    return _back(request, _("The index is being made anew. Searching goes on meanwhile."))


@require_POST
@staff_view("system.watch")
def release(request: StaffRequest) -> HttpResponse:
    """Have parked duties tried again."""
    count = release_parked(by=request.user, at=timezone.now()).found["released"]
    said = ngettext("%d duty is tried again.", "%d duties are tried again.", count) % count
    return _back(request, said)


def _back(request: StaffRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return see_other("desk:system")
