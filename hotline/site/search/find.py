"""One box over all that is published: letters with their replies, guides, notices.

A plain GET without account, cookie or script. ``/search/`` looks in everything, ``/answers/`` is the same
page over letters alone.
"""

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.pages.address import peer_address
from cases.pages.ratelimit import allow
from cases.shapes import Context
from hotline.publishing.public_letters import KIND as LETTER
from hotline.site.pages.models.page import AnswersPage
from hotline.site.search.caching import kept_for
from hotline.site.search.narrowing import PublicAsked, choices, ways
from search.public.finding import find_public

KEPT_SECONDS = 30  # what is withdrawn is gone from every cache by then
TRIES, MINUTE = 90, 60  # of one address in each process


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """``?q=`` words, ``kind``, ``channel``, ``category``, ``unit``, ``when``, ``sort``, ``page``."""
    return _page(request, PublicAsked.read(request.GET))


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Published letters, newest first; the same parameters but ``kind``."""
    return _page(
        request, PublicAsked.read(request.GET, kind=LETTER), AnswersPage.objects.live().first()
    )


def _page(
    request: HttpRequest, asked: PublicAsked, words: AnswersPage | None = None
) -> HttpResponse:
    now = timezone.now()
    if not allow(f"find:{peer_address(request)}", TRIES, MINUTE, now, caches["process"]):
        sentence = _("Too many searches from this connection. Please wait a minute, or call 12345.")
        answer = render(request, "429.html", {"sentence": sentence}, status=429)
        answer["Retry-After"] = str(MINUTE)
        return answer
    result = find_public(asked.text, filters=asked.filters, sort=asked.sort, page=asked.page)
    context: Context = {
        "asked": asked,
        "words": words,
        "is_all": not asked.is_fixed,
        "result": result,
        "last": result.first + len(result.hits) - 1,
        "previous": result.page - 1,
        "following": result.page + 1,
        "choices": choices(asked, result),
        "ways": ways(asked, result),
        "now": now,
    }
    answer = render(request, "site/find.html", context)
    return answer if result.degraded else kept_for(KEPT_SECONDS, request, answer)
