"""Search page: a whole case number opens the case, everything else is a list with counts.

The box is sent by POST and answered by a redirect to an address that may be kept and sent on; words
that look a person up are replaced there by a key (``private``).
"""

from datetime import datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases.looks.looking import saw
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.request import StaffRequest
from cases.people.permissions import may
from cases.privacy.phone import normalise
from cases.shapes import Context
from hotline.desk.search import private
from hotline.desk.search.asked import SearchNarrowForm, asked
from hotline.desk.search.rows import rows
from hotline.desk.search.shown import SearchAsked, chosen, facets, ways_out
from hotline.desk.search.sought import person_in
from search.asking.finding import PHONE_DIGITS, TAIL_DIGITS, find, jump, may_find_by_phone
from search.asking.query_help import help_for
from search.asking.question import Question, is_private
from search.engines.port import CountsWanted, Result, Sort
from search.models import SavedSearch
from search.words.query_language import LONGEST
from search.words.spellings import is_day

SHOWN_SAVED = 12
ORDERS = {
    Sort.NEWEST: gettext_lazy("Newest first"),
    Sort.RELEVANCE: gettext_lazy("Best match first"),
    Sort.DUE: gettext_lazy("Due first"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view()
def search(request: StaffRequest) -> HttpResponse:
    """Search within what the person may see."""
    if request.method == "POST":
        return _sent(request)
    words = request.GET.get("q", "").strip()[:LONGEST]
    if case := jump(words, request.user):
        return redirect("desk:case", case.number)
    if is_private(words):  # an old bookmark: the answer does not stay at that address
        query = _kept(request, asked(request.GET, SearchNarrowForm(request.GET)))
        return redirect(reverse("desk:search") + query)
    key = request.GET.get("asked", "")
    kept = private.read(request, key) if key else ""
    narrow = SearchNarrowForm(request.GET or None)
    one = SearchAsked(asked(request.GET, narrow, words=kept or words), key if kept else "")
    page = _page(request, one, narrow) | {"is_over": kept is None}
    is_part = bool(request.headers.get("HX-Request")) and bool(page.get("result"))
    answer = render(request, f"desk/search{'_counted' if is_part else ''}.html", page)
    patch_vary_headers(answer, ["HX-Request"])
    if one.key:
        add_never_cache_headers(answer)
    return answer


def _sent(request: StaffRequest) -> HttpResponse:
    """A form was sent: go to the address of its question."""
    question = asked(request.POST, SearchNarrowForm(request.POST))
    if case := jump(question.words, request.user):
        return see_other("desk:case", case.number)
    if question.is_private:
        return see_other("desk:search", tail=_kept(request, question))
    return see_other("desk:search", tail=question.address())


def _kept(request: StaffRequest, question: Question) -> str:
    """Keep the words on the server; the query that asks for them by their key."""
    key = private.keep(request, question.words)
    return SearchAsked(question, key).url()


def _page(request: StaffRequest, one: SearchAsked, narrow: SearchNarrowForm) -> Context:
    question, now = one.question, timezone.now()
    saved = SavedSearch.objects.open_to(request.user).select_related("owner")
    page: Context = {
        "asked": one,
        "query": question.words,
        "title": "" if one.key else question.words,
        "narrow": narrow,
        "sort": question.sort,
        "now": now,
        "is_asked": not question.is_empty,
        "chosen": chosen(one),
        "saved": list(saved[: SHOWN_SAVED + 1]),
        "current": question.as_json(),
        "most_saved": SHOWN_SAVED,
        "orders": [
            (one.url(_ordered(question, sort)), name, sort) for sort, name in ORDERS.items()
        ],
        "first_url": one.url(),
        "plain_url": one.url(Question(question.words, sort=question.sort)),
        "is_office": may_find_by_phone(request.user),
        "help": help_for(is_office=may_find_by_phone(request.user)),
        "may_export": may(request.user, "case.export") and not one.key,
        "may_save": not question.is_empty and not question.is_private,
    }
    if page["is_asked"]:
        result, tail = _answer(request, question, now)
        _record(request, question, now, result, tail)
        page |= {
            "result": result,
            "rows": rows(result, now),
            "tail": tail,
            "last": result.first + len(result.hits) - 1,
            "next_url": one.url(after=result.next_cursor),
            "counted_url": one.url(None, **_cursor(request), counts=CountsWanted.NOW.value),
            "facets": facets(one, result),
            "ways": [] if result.total else ways_out(one, request.user, now),
        }
    return page


def _record(
    request: StaffRequest, question: Question, at: datetime, result: Result, tail: str
) -> None:
    """Who is searched for, and the hits; the counts that the page fetches later are no second search."""
    saw(
        by=request.user,
        at=at,
        sought=person_in(question.words, tail, result.total),
        lists={"search": len(result.hits)},
        is_rest=bool(request.headers.get("HX-Request")),
    )


def _cursor(request: StaffRequest) -> dict[str, str]:
    after = request.GET.get("after", "")
    return {"after": after} if after else {}


def _ordered(question: Question, sort: Sort) -> Question:
    return Question(question.words, question.chosen, question.since, question.until, sort)


def _answer(request: StaffRequest, question: Question, now: datetime) -> tuple[Result, str]:
    """Return the answer, and the digits that were taken for a telephone number (``""``: none).

    A whole number is looked up as one; four digits are words first and a tail when no case has them.
    """
    is_counted = request.GET.get("counts") == CountsWanted.NOW
    answered = partial(
        find,
        user=request.user,
        at=now,
        filters=question.filters(),
        sort=question.sort,
        cursor=request.GET.get("after", ""),
        counts=CountsWanted.NOW if is_counted else CountsWanted.LATER,
    )
    text = question.words
    is_number = text.replace(" ", "").replace("-", "").isdecimal() and not is_day(text)
    digits = normalise(text) if is_number else ""
    by_phone = may_find_by_phone(request.user) and digits
    if by_phone and len(digits) >= PHONE_DIGITS:
        result = answered(f"phone:{digits}")
        if result.total:
            return result, digits
    result = answered(text)
    if by_phone and len(digits) == TAIL_DIGITS and not result.total:
        tail = answered(f"phone:{digits}")
        if tail.total:
            return tail, digits
    return result, ""
