"""One synonym set as a person types it; the rules are those of ``search.asking.synonyms``."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 400  # of the whole text


class SetForm(forms.Form):
    """Words one a line or with commas, and why they are the same."""

    words = forms.CharField(
        label=_("Words"),
        max_length=LONGEST,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line, or with commas. Two at least, each of 2 to 20 characters."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def refuse(self, sentence: str) -> None:
        """Show what the verb refused at the words."""
        self.add_error("words", ValidationError(sentence))
