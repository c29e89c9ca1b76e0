"""The list of notices: unread first, each with its case, marked read one by one or all at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cases.looks.looking import saw
from cases.models import Case, Notice, User
from cases.pages.access import signed_in
from cases.pages.answers import see_other
from cases.pages.request import StaffRequest
from hotline.desk.notices.mine import notices_of, unread
from hotline.desk.sentences import audit as auditing
from hotline.desk.sentences import search as searching
from hotline.desk.sentences.events import EventTold, tell_notice

PAGE = 50
NEWEST_FIRST = ("-at", "-pk")


@dataclass(frozen=True)
class NoticeRow:
    """A notice in words, where it leads, and whether the person may open its case."""

    notice: Notice
    told: EventTold
    url: str
    is_open_to_me: bool


@require_safe
@signed_in
def notices(request: StaffRequest) -> HttpResponse:
    """Show the notices of the person. A case they may no longer see is named by its number only."""
    only_unread = request.GET.get("show") != "all"
    mine = unread(request.user) if only_unread else notices_of(request.user)
    rows = mine.select_related("event", "case", "read_by").order_by(*NEWEST_FIRST)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    cases = {notice.case_id for notice in page if notice.case_id}
    seen = set(
        Case.objects.visible_to(request.user).filter(pk__in=cases).values_list("pk", flat=True)
    )
    saw(by=request.user, at=timezone.now(), lists={"notices": len(seen)})
    context = {
        "page": page,
        "only_unread": only_unread,
        "rows": [_row(notice, request.user, seen) for notice in page],
    }
    return render(request, "desk/notices.html", context)


def _row(notice: Notice, person: User, seen: set[int]) -> NoticeRow:
    return NoticeRow(
        notice,
        tell_notice(notice, person),
        searching.address_of(notice) or auditing.address_of(notice),
        is_open_to_me=notice.case_id in seen,
    )


@require_POST
@signed_in
def read(request: StaffRequest) -> HttpResponse:
    """Mark one notice (``notice``) or all of them as read by this person."""
    mine = unread(request.user)
    one = request.POST.get("notice", "")
    if one:
        mine = mine.filter(pk=int(one)) if one.isdecimal() else mine.none()
    count = mine.update(read_at=timezone.now(), read_by=request.user)
    if not one:
        messages.success(
            request,
            ngettext("%(n)d notice marked as read.", "%(n)d notices marked as read.", count)
            % {"n": count},
        )
    return see_other("desk:notices")
