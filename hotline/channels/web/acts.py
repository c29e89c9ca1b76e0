"""What a citizen may do with their own case: add something, urge. Each checks the permission again."""

import functools
from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.errors import Refused
from cases.lifecycle import asking_again
from cases.models import Case
from cases.pages.answers import see_other
from cases.pages.refusals import told, told_to
from cases.people.person import CITIZEN
from hotline.channels.forms import guards
from hotline.channels.forms.permission import is_granted
from hotline.channels.forms.typed import READABLE
from hotline.channels.web import progress

LONGEST = 1000
ACTS = (30, guards.HOUR)

Act = Callable[[HttpRequest, Case, datetime], HttpResponse]


def own_case(act: Act) -> Callable[[HttpRequest, str], HttpResponse]:
    """An act on a case that is open to this session; else to the look-up."""

    @guards.public_form
    @require_POST
    @functools.wraps(act)
    def guarded(request: HttpRequest, number: str) -> HttpResponse:
        now = timezone.now()
        if not is_granted(request, number, now):
            return see_other("site:progress")
        if guards.too_many(request, "act", *ACTS, now):
            return guards.slow_down(request)
        return act(request, progress.case_of(number), now)

    return guarded


@own_case
def supplement(request: HttpRequest, case: Case, now: datetime) -> HttpResponse:
    """Add something (补充情况); the same text twice is one supplement."""
    text, problems = request.POST.get("text", "").strip(), list[str]()
    with told(problems.append):
        _check(text)
        asking_again.supplement(case, text, by=CITIZEN, at=now)
        messages.success(request, _("Added. The people handling it will see it."))
        return see_other("site:progress_case", case.number)
    problem, typed = " ".join(problems), text[: 4 * LONGEST]
    return progress.page(request, case, now, problem=problem, typed=typed)


def _check(text: str) -> None:
    if len(text) > LONGEST:
        raise Refused(
            _("Please shorten this to %(n)d characters. What you wrote is kept.") % {"n": LONGEST}
        )
    try:
        READABLE(text)
    except ValidationError as error:
        raise Refused(str(error.message)) from error


@own_case
def urge(request: HttpRequest, case: Case, now: datetime) -> HttpResponse:
    """Urge (催一催), at most once a day."""
    with told_to(request):
        case.urge(by=CITIZEN, at=now)
        if case.assignments.open().exists():
            messages.success(request, _("Recorded. The unit has been told that you are waiting."))
        else:
            messages.success(request, _("Recorded. The office has been told that you are waiting."))
    return see_other("site:progress_case", case.number)
