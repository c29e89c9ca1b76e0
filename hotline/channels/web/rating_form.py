"""What a citizen is asked when they rate: five levels, what was done, and why not better."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotline.channels.forms.typed import READABLE
from satisfaction.rating.rating import COMMENT_LENGTH
from satisfaction.words import LEAST_SATISFIED, Discontent, Score

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

    def clean(self) -> None:
        """Who is not satisfied says why, or nobody can put it right."""
        super().clean()
        said = self.cleaned_data
        if said.get("score", LEAST_SATISFIED) < LEAST_SATISFIED and not said.get("reasons"):
            self.add_error("reasons", _("Choose at least one reason, so that it can be put right."))
