"""What an agent notes during a call-back."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from satisfaction.words import CallResult, Discontent, Score

YES_NO = [("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))]
MEANING = {"yes": True, "no": False}


def _said(word: str) -> bool | None:
    return MEANING.get(word)


class AttemptForm(forms.Form):
    """Answers are optional here: which are needed depends on the result, and the verb says so."""

    result = forms.ChoiceField(choices=CallResult, label=_("Result of the call"))
    contacted = forms.TypedChoiceField(
        label=_("Did the unit get in touch with you?"),
        choices=YES_NO,
        coerce=_said,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    solved = forms.TypedChoiceField(
        label=_("Is what you reported solved?"),
        choices=YES_NO,
        coerce=_said,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied are you with the handling?"),
        choices=Score,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    attitude = forms.TypedChoiceField(
        label=_("Manner"),
        choices=[("", "—"), *Score.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    speed = forms.TypedChoiceField(
        label=_("Speed"),
        choices=[("", "—"), *Score.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    outcome = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("", "—"), *Score.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    reason = forms.ChoiceField(
        label=_("Reason, when dissatisfied"),
        choices=[("", "—"), *Discontent.choices],
        required=False,
    )
    note = forms.CharField(
        label=_("In the citizen's words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
