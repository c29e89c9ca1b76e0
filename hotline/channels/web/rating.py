"""The citizen rates how the matter was handled: five levels, one valid rating a round."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.models import Case
from cases.pages.answers import see_other
from cases.pages.refusals import told_on
from cases.people.person import CITIZEN
from hotline.channels.web import progress
from hotline.channels.web.acts import own_case
from hotline.channels.web.rating_form import RatingForm
from satisfaction.rating import passing_on
from satisfaction.rating.rating import rate
from satisfaction.words import LEAST_SATISFIED

WORDS = {"yes": True, "no": False}


@own_case
def rating(request: HttpRequest, case: Case, now: datetime) -> HttpResponse:
    """Take the rating; what follows from it (closed, or a second look) is told at once."""
    form = passing_on.ask(RatingForm(request.POST), case)
    if not form.is_valid():
        return progress.page(request, case, now, rating=form)
    said = form.cleaned_data
    with told_on(form):
        rate(
            case,
            score=said["score"],
            contacted=WORDS.get(said["contacted"]),
            solved=WORDS.get(said["solved"]),
            reasons=said["reasons"] if said["score"] < LEAST_SATISFIED else (),
            comment=said["comment"],
            by=CITIZEN,
            at=now,
        )
        messages.success(request, _thanks(said["score"]))
        return see_other("site:progress_case", case.number)
    return progress.page(request, progress.case_of(case.number), now, rating=form)


def _thanks(score: int) -> str:
    if score < LEAST_SATISFIED:
        return _("Thank you. Somebody who did not handle it will look at it again.")
    return _("Thank you. Your rating is counted.")
