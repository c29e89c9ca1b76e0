"""Numbers of people stand in no address: not in the browser's history, a proxy's log, a referrer.

Boxes for words are sent by GET where the answer may be kept and sent on (the public search, the catalogue,
lists of settings). Who types a telephone or identity number into one is led to the same page without it,
for such a box looks nobody up. Only the search of cases does: its box goes by POST, and the number lives on
the server under a key (``hotline.desk.search.private``), so paging, the back button and a reload work;
the view does the same to an old bookmark. Chosen over sealing the number into the address because a sealed
one would be opened for whoever is sent the link.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from search.asking.question import is_private

BOXES = ("q",)  # names of all boxes for words that are sent by GET; a test reads the templates
Answer = Callable[[HttpRequest], HttpResponse]


def without_numbers(get_response: Answer) -> Answer:
    """Lead away from an address with somebody's number in it, before any view, log-in page or error."""

    def middleware(request: HttpRequest) -> HttpResponse:
        numbered = [name for name in BOXES if any(map(is_private, request.GET.getlist(name)))]
        if not numbered or _is_search(request):
            return get_response(request)
        left = request.GET.copy()
        for name in numbered:
            del left[name]
        messages.warning(
            request,
            _(
                "A telephone or identity number is not searched for here and stands in no address; "
                "it was left out."
            ),
        )
        return HttpResponseRedirect(f"{request.path}?{left.urlencode()}" if left else request.path)

    return middleware


def _is_search(request: HttpRequest) -> bool:
    """The search of cases, asked by somebody signed in, puts the number aside itself."""
    return request.path == reverse("desk:search") and request.user.is_authenticated
