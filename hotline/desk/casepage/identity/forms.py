"""Why somebody has to know the citizen or the original words, and what else is left out of texts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.secrecy.handling import LENGTH

MANY = 6  # words in one box


class RevealForm(forms.Form):
    """Why the citizen's name and number are needed (`domain.md` §2.7)."""

    reason = forms.CharField(
        label=_("Why do you need the name and number?"), min_length=4, max_length=200
    )


class OriginalForm(forms.Form):
    """Why the words as they were given are needed."""

    prefix = "original"
    reason = forms.CharField(
        label=_("Why do you need the original words?"), min_length=4, max_length=200
    )


class HandlingForm(forms.Form):
    """What the rule did not find, or left out by mistake."""

    prefix = "handling"
    hide = forms.CharField(
        label=_("Also leave out"),
        help_text=_("A name, nickname or number as it stands in the text; several set apart by 、"),
        required=False,
        max_length=MANY * LENGTH,
    )
    keep = forms.CharField(
        label=_("Show again"),
        help_text=_(
            "A word that tells nobody, as it stands in the original; several set apart by 、"
        ),
        required=False,
        max_length=MANY * LENGTH,
    )
