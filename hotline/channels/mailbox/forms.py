"""A letter to an addressee: like paper, with a name under it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.privacy.phone import is_plausible, normalise
from cases.words import DemandType
from hotline.channels.forms.guards import TrapForm
from hotline.channels.forms.places import PlaceField
from hotline.channels.forms.respondents import RespondentField, require
from hotline.channels.forms.typed import LONGEST, PHONE_WRONG, READABLE, SHORTEST

KINDS = [
    DemandType.CONSULT,
    DemandType.HELP,
    DemandType.COMPLAINT,
    DemandType.SUGGESTION,
    DemandType.REPORT,
    DemandType.PRAISE,
]


class LetterForm(TrapForm):
    """Everything on one sheet."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("What the letter is about"),
        min_length=4,
        max_length=40,
        validators=[READABLE],
        help_text=_("10 to 25 characters say it best."),
        error_messages={
            "required": _("Write in a few words what the letter is about."),
            "min_length": _("Write in a few words what the letter is about."),
            "max_length": _("Please shorten this to 40 characters."),
        },
    )
    demand_type = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in KINDS], initial="consult"
    )
    content = forms.CharField(
        label=_("Letter"),
        min_length=SHORTEST,
        max_length=LONGEST,
        validators=[READABLE],
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("At most 2,000 characters. Leave names and numbers out; they go below."),
        error_messages={
            "required": _("Write the letter."),
            "min_length": _("Please write a little more, so that somebody can act on it."),
            "max_length": _("This is longer than 2,000 characters. Please shorten it."),
        },
    )
    respondent = RespondentField(
        label=_("Whom you complain of or report, if you do"),
        help_text=_(
            "The unit, or the person and where they work. Once the office has confirmed which, neither it "
            "nor the units above and below it get or see what you write."
        ),
    )
    region = PlaceField(
        label=_("Township and community"),
        required=False,
        empty=_("Not about one place"),
        error_messages={"invalid_choice": _("Choose a township from the list.")},
    )
    name = forms.CharField(
        label=_("Your real name"),
        max_length=40,
        min_length=2,
        validators=[READABLE],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Write your real name; it is never published."),
            "min_length": _("Write your real name; it is never published."),
        },
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
        error_messages={"required": _("Write a number we can call; it is never published.")},
    )
    is_confidential = forms.BooleanField(
        label=_("Confidential: the handling unit does not learn who I am"), required=False
    )
    publish_consent = forms.BooleanField(
        label=_("The text and the reply may be published, without anything that tells who I am"),
        required=False,
    )

    def clean_phone(self) -> str:
        """Digits only."""
        digits = normalise(self.cleaned_data["phone"])
        if not is_plausible(digits) or len(digits) < 7:  # noqa: PLR2004
            raise forms.ValidationError(PHONE_WRONG)
        return digits

    def clean(self) -> None:
        """A report says whom it is about."""
        super().clean()
        require(self, self.cleaned_data.get("demand_type", ""))
