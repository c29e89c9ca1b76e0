"""The citizen rates how the matter was handled: five levels, one valid rating a round."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.errors import IllegalStep, Refused
from cases.models import Case
from cases.people.actors import CITIZEN
from hotline.channels.guards import READABLE
from hotline.channels.web import progress
from hotline.channels.web.acts import own_case
from satisfaction import passing_on
from satisfaction.ratings import COMMENT_LENGTH, rate
from satisfaction.words import LEAST_SATISFIED, Discontent, Score

WORDS = {"yes": True, "no": False}
YES_NO = [("yes", gettext_lazy("Yes, it was")), ("no", gettext_lazy("No, it was not"))]


class RatingForm(forms.Form):
    """Score, what was done, and for two points and fewer the reasons."""

    score = forms.TypedChoiceField(
        label=gettext_lazy("How satisfied are you?"),
        choices=Score.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how satisfied you are.")},
    )
    contacted = forms.ChoiceField(
        label=gettext_lazy("Were you contacted?"),
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
    )
    solved = forms.ChoiceField(
        label=gettext_lazy("Was it solved?"),
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
    )
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("If you are not satisfied: why?"),
        choices=Discontent.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    comment = forms.CharField(
        label=gettext_lazy("Anything else"),
        required=False,
        max_length=COMMENT_LENGTH,
        validators=[READABLE],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("Please shorten this to 1,000 characters.")},
    )

    def clean(self) -> dict:
        """Who is not satisfied says why, or nobody can put it right."""
        said = super().clean() or {}
        if said.get("score", LEAST_SATISFIED) < LEAST_SATISFIED and not said.get("reasons"):
            self.add_error("reasons", _("Choose at least one reason, so that it can be put right."))
        return said


@own_case
def rating(request: HttpRequest, case: Case, now: datetime) -> HttpResponse:
    """Take the rating; what follows from it (closed, or a second look) is told at once."""
    form = passing_on.ask(RatingForm(request.POST), case)
    if not form.is_valid():
        return progress.page(request, case, now, rating=form)
    said = form.cleaned_data
    try:
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
    except IllegalStep:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return progress.page(request, progress.case_of(case.number), now, rating=form)
    messages.success(request, _thanks(said["score"]))
    return redirect("site:progress_case", case.number)


def _thanks(score: int) -> str:
    if score < LEAST_SATISFIED:
        return _("Thank you. Somebody who did not handle it will look at it again.")
    return _("Thank you. Your rating is counted.")
