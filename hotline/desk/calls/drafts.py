"""The operator's unfinished forms: listed, taken up again, thrown away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.request import StaffRequest
from hotline.desk.calls.models.draft import Draft


@staff_view("case.accept")
@require_GET
def drafts(request: StaffRequest) -> HttpResponse:
    """The operator's own unfinished forms."""
    return render(
        request, "desk/calls/drafts.html", {"drafts": Draft.objects.of(request.user)[:50]}
    )


@staff_view("case.accept")
@require_POST
def discard(request: StaffRequest, token: str) -> HttpResponse:
    """Throw a draft away."""
    get_object_or_404(Draft.objects.of(request.user), token=token).delete()
    messages.success(request, _("The draft is thrown away."))
    return see_other("desk:drafts")
