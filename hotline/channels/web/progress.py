"""Follow up by number and query code. A wrong try says nothing, whatever was wrong with it."""

import functools
import re
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Case
from cases.pages.answers import see_other
from cases.pages.ratelimit import allow
from cases.people.person import CITIZEN
from cases.privacy.crypto import seal, unseal
from cases.privacy.keyring import PERSONAL
from cases.privacy.keys import ring
from cases.words import CaseState
from hotline.channels.forms import guards
from hotline.channels.forms.permission import grant, is_granted
from hotline.channels.web import following
from hotline.channels.web.rating_form import RatingForm
from hotline.site.pages.models.page import ProgressPage
from satisfaction.rating import passing_on
from satisfaction.rating.rating import may_rate

TRIES_PER_ADDRESS, TRIES_PER_NUMBER = 30, 10
WINDOW = 15 * guards.MINUTE
NOBODY = "0" * 11  # a code no case has: they have ten digits
WRONG = _("Number and query code do not go together. Check both on your receipt.")


class LookUpForm(forms.Form):
    """Number and code as they stand on the receipt, in any grouping."""

    number = forms.CharField(
        label=_("Your number"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("20 digits; spaces do not matter."),
        error_messages={"required": _("Write the case number from your receipt.")},
    )
    code = forms.CharField(
        label=_("Query code"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("10 digits; only you have it."),
        error_messages={"required": _("Write the query code from your receipt.")},
    )

    def clean_number(self) -> str:
        """Digits only."""
        return _digits(self.cleaned_data["number"])

    def clean_code(self) -> str:
        """Digits only."""
        return _digits(self.cleaned_data["code"])


def _digits(typed: str) -> str:
    return "".join(str(int(char)) for char in re.sub(r"\D", "", typed))


@guards.public_form
@require_http_methods(["GET", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; right ones open the case for half an hour."""
    form, now = LookUpForm(request.POST or None), timezone.now()
    if request.method == "POST" and form.is_valid():
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        if not may_try(request, number, now):
            return guards.slow_down(request)
        case = found(number, code)
        if case:
            grant(request, case, now)
            return see_other("site:progress_case", case.number)
        form.add_error(None, WRONG)
    page = ProgressPage.objects.live().first()
    context = {"form": form, "words": page}
    return render(request, "site/look_up.html", context, status=422 if form.errors else 200)


def may_try(request: HttpRequest, number: str, at: datetime) -> bool:
    """Count this try by address and by number; both are counted, whichever is used up."""
    few_here = not guards.too_many(request, "code", TRIES_PER_ADDRESS, WINDOW, at)
    few_there = allow(f"code-number:{number}", TRIES_PER_NUMBER, WINDOW, at)
    return few_here and few_there


@functools.lru_cache(maxsize=1)
def _nobodys(_key_id: str) -> str:
    return seal(NOBODY, of="nobody")


def found(number: str, code: str) -> Case | None:
    """The case whose code this is; a number that does not exist costs the same work."""
    case = Case.objects.filter(number=number).first()
    nobody = _nobodys(ring(PERSONAL)[0].id)  # made again with a new key: an old one is retired
    right = case.query_code if case else unseal(nobody, of="nobody")
    is_right = constant_time_compare(right, code)
    return case if case and is_right else None


@never_cache
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The case's way so far. Without permission: the look-up, whether or not the case exists."""
    now = timezone.now()
    if not is_granted(request, number, now):
        return redirect("site:progress")
    return page(request, case_of(number), now)


def case_of(number: str) -> Case:
    """The case with what its page shows."""
    return Case.objects.select_related("lead_unit", "reject_reason").get(number=number)


def page(
    request: HttpRequest,
    case: Case,
    now: datetime,
    *,
    problem: str = "",
    typed: str = "",
    rating: forms.Form | None = None,
) -> HttpResponse:
    """The progress page, perhaps again with what was wrong about an act and what was typed."""
    verbs, may_urge = case.possible(CITIZEN, at=now), "urge" in case.verbs()
    if rating is None and may_rate(case, now):
        rating = passing_on.ask(RatingForm(), case)
    written = case.as_written()  # their own words, whole
    context = {
        "case": case,
        "written": written,
        "added": following.added(case),
        "now": now,
        "steps": following.steps_of(case, now),
        "promise": following.promise_of(case, now),
        "reply": written["answer_text"]
        if case.answered_at and case.state in CaseState.SHOWS_REPLY
        else "",
        "unit": following.unit_of(case),
        "may_supplement": "supplement" in verbs,
        "may_urge": may_urge,
        "has_urged": may_urge and "urge" not in verbs,
        "rating": rating,
        "problem": problem,
        "typed": typed,
    }
    status = 422 if problem or (rating and rating.errors) else 200
    return render(request, "site/progress.html", context, status=status)
