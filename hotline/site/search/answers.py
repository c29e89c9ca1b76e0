"""Published letters and replies: only the checked public copy, nothing of the case beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hotline.publishing.models.publication import Publication


def latest(count: int) -> list[Publication]:
    """The newest public copies."""
    return list(Publication.objects.published()[:count])


@require_safe
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """One letter with its reply; 404 for what was never published or was withdrawn."""
    found = get_object_or_404(Publication.objects.published(), pk=number)
    now = timezone.now()
    return render(request, "site/answer.html", {"publication": found, "now": now})
