"""What the reviewer decides: the text the citizen gets, and a note to the unit."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReplyReviewForm(forms.Form):
    """Edited reply and note; which of them is needed is the verb's rule."""

    public_reply = forms.CharField(
        label=_("Reply to the citizen, may be edited"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    note = forms.CharField(
        label=_("Note for the unit"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
