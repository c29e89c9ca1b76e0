"""Published letters and replies: only the checked public copy, nothing of the case beside it."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hotline.models import AnswersPage, Publication
from search.folding import fold

SHOWN = 20
WORDS, LETTERS = 6, 100


def latest(count: int) -> list[Publication]:
    """The newest public copies."""
    return list(Publication.objects.published()[:count])


def containing(query: str) -> QuerySet:
    """Public copies that contain every word; traditional and full-width writing is folded."""
    rows = Publication.objects.published()
    for word in fold(query[:LETTERS]).split()[:WORDS]:
        rows = rows.filter(
            Q(title__icontains=word) | Q(letter__icontains=word) | Q(reply__icontains=word)
        )
    return rows


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """The list, newest first, 20 a page; ``?q=`` filters by words."""
    query = request.GET.get("q", "").replace("\x00", "").strip()
    page = Paginator(containing(query), SHOWN).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": query[:LETTERS],
        "words": AnswersPage.objects.live().first(),
        "now": timezone.now(),
    }
    return render(request, "site/answers.html", context)


@require_safe
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """One letter with its reply; 404 for what was never published or was withdrawn."""
    found = get_object_or_404(Publication.objects.published(), pk=number)
    now = timezone.now()
    return render(request, "site/answer.html", {"publication": found, "now": now})
