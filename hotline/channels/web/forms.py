"""The three steps of the public form: what kind, what happened, how to reach you."""

from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.privacy.phone import is_plausible, normalise
from cases.secrecy.respondent import ASKED_OF
from cases.words import DemandType
from hotline.channels.forms.guards import TrapForm
from hotline.channels.forms.places import PlaceField
from hotline.channels.forms.respondents import MISSING, RespondentField
from hotline.channels.forms.typed import LONGEST, PHONE_WRONG, READABLE, SHORTEST

KINDS: list[tuple[str, str | Promise]] = [
    (DemandType.HELP, _("Ask for help: something is broken or I need somebody")),
    (DemandType.CONSULT, _("Ask a question: rules, papers, how to go about it")),
    (DemandType.COMPLAINT, _("Complain: about a service, a firm, an office")),
    (DemandType.REPORT, _("Report wrongdoing: your name is kept secret")),
    (DemandType.SUGGESTION, _("Suggest something")),
    (DemandType.PRAISE, _("Praise somebody")),
]


class KindForm(forms.Form):
    """Step 1: the kind, and whether somebody is in danger right now."""

    danger = forms.ChoiceField(
        label=_("Is anybody in danger right now?"),
        choices=[("no", _("No, nobody is")), ("yes", _("Yes, somebody is"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether anybody is in danger right now.")},
    )
    demand_type = forms.ChoiceField(
        label=_("What would you like to do?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you would like to do.")},
    )


class MatterForm(forms.Form):
    """Step 2: the matter itself. Files are checked apart, by their content.

    ``demand_type``: what was chosen in step 1; a complaint is asked whom it is about, a report must say it.
    """

    respondent = RespondentField(
        help_text=_(
            "The unit, or the person and where they work. Once the office has confirmed which, neither it "
            "nor the units above and below it get or see what you write."
        )
    )
    content = forms.CharField(
        label=_("What happened?"),
        min_length=SHORTEST,
        max_length=LONGEST,
        validators=[READABLE],
        help_text=_(
            "When, where, what happened, what you would like. No name or phone number here: "
            "the next step asks for them."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Please write what happened."),
            "min_length": _("Please write a little more, so that somebody can act on it."),
            "max_length": _("This is longer than 2,000 characters. Please shorten it."),
        },
    )
    request = forms.CharField(
        label=_("What you would like to be done"),
        required=False,
        max_length=200,
        validators=[READABLE],
    )
    region = PlaceField(
        label=_("Township and community"),
        empty=_("Please choose"),
        error_messages={
            "required": _("Choose the township in which it happened."),
            "invalid_choice": _("Choose a township from the list."),
        },
    )
    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=200,
        validators=[READABLE],
        help_text=_("Street and number, or something everybody knows nearby."),
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        initial: dict[str, str] | None = None,
        demand_type: str = "",
    ) -> None:
        super().__init__(data, initial=initial)
        if demand_type not in ASKED_OF:
            del self.fields["respondent"]
        elif demand_type == DemandType.COMPLAINT:
            self.fields["respondent"].label = _("Is it about a unit or its staff? Which?")
        else:
            self.fields["respondent"].required = True
            self.fields["respondent"].error_messages["required"] = MISSING


class ContactForm(TrapForm):
    """Step 3: anonymous, confidential and consent to publish are three different things."""

    is_anonymous = forms.BooleanField(
        label=_("Anonymous: do not register my name and number"), required=False
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=40,
        validators=[READABLE],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
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
        typed = self.cleaned_data["phone"]
        digits = normalise(typed)
        if typed.strip() and not (is_plausible(digits) and len(digits) >= 7):  # noqa: PLR2004
            raise forms.ValidationError(PHONE_WRONG)
        return digits

    def clean(self) -> None:
        """Somebody who is not anonymous can be called; of somebody anonymous nothing is kept."""
        super().clean()
        said = self.cleaned_data
        if said.get("is_anonymous"):
            said["name"] = said["phone"] = ""
            self.errors.pop("phone", None)
            self.errors.pop("name", None)
        else:
            if not said.get("name") and "name" not in self.errors:
                self.add_error("name", _("Write how we may address you, or choose “Anonymous”."))
            if not said.get("phone") and "phone" not in self.errors:
                self.add_error("phone", _("Write a number we can call, or choose “Anonymous”."))
