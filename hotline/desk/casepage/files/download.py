"""Attachments: only to those who may see the case, always as a download, never shown in the page."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.looks.looking import saw
from cases.models import Attachment, Case
from cases.pages.access import staff_view
from cases.pages.request import StaffRequest
from cases.people.sight import What, sees, stands_in


@require_safe
@never_cache
@staff_view()
def attachment(request: StaffRequest, pk: int) -> FileResponse:
    """Send the stored bytes. The type is neutral: what a citizen sent in is nothing to execute."""
    cases = Case.objects.visible_to(request.user)
    found = get_object_or_404(
        Attachment.objects.select_related("case").filter(stands_in(cases, "case")), pk=pk
    )
    if not sees(request.user, found.case, What.FILES):
        raise Http404
    try:
        file = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    saw(by=request.user, at=timezone.now(), case=found.case, file=found)
    answer = FileResponse(
        file, as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
