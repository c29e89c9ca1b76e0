"""What a unit writes about a task. The rules are the verbs'; the forms only read and keep."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Reason, Unit
from cases.words import ContactMethod, FactTrue, Solved

LONG = 20_000
SHORT = 2_000


class FirstContactForm(forms.Form):
    """First contact with the citizen (先行联系): how, when, what was said."""

    method = forms.ChoiceField(
        label=_("How it was made"),
        choices=[one for one in ContactMethod.choices if one[0] != ContactMethod.OFFICE],
        widget=forms.RadioSelect,
    )
    contacted_at = forms.DateTimeField(
        label=_("When it was made"),
        required=False,
        help_text=_("Leave empty for now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    note = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RelayAskForm(forms.Form):
    """What the office is to ask or tell a citizen whom the unit must not know."""

    question = forms.CharField(
        label=_("What the office is to ask or tell the citizen"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplyForm(forms.Form):
    """The lead unit's reply: for the citizen and for the office apart (B9)."""

    public_reply = forms.CharField(
        label=_("Reply to the citizen"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    internal_note = forms.CharField(
        label=_("Internal handling text"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    solved = forms.ChoiceField(
        label=_("Is it solved?"), choices=Solved.choices, widget=forms.RadioSelect
    )
    fact_true = forms.ChoiceField(
        label=_("Is what was reported true?"), choices=FactTrue.choices, widget=forms.RadioSelect
    )
    unsolved_reason = forms.CharField(
        label=_("If not fully solved: why, and what comes next"),
        required=False,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OpinionForm(forms.Form):
    """An assisting unit's opinion, for the lead unit."""

    text = forms.CharField(
        label=_("Your unit's opinion"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 5})
    )


class UrgeForm(forms.Form):
    """The office presses a unit (催办)."""

    note = forms.CharField(
        label=_("What the unit should know"),
        required=False,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SendBackForm(forms.Form):
    """The leader says what has to be changed."""

    note = forms.CharField(
        label=_("What has to be changed"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ExtensionForm(forms.Form):
    """More time (延期), asked for before the due time."""

    prefix = "extension"
    days = forms.IntegerField(label=_("Working days more"), min_value=1, max_value=60)
    reason = forms.ModelChoiceField(
        label=_("Reason"), queryset=Reason.objects.filter(kind="extension", is_active=True)
    )
    text = forms.CharField(
        label=_("Why, and what the citizen was told"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReturnForm(forms.Form):
    """Return of the task (退单): reason, legal or duty basis, the unit that should have it."""

    prefix = "return"
    reason = forms.ModelChoiceField(
        label=_("Reason"), queryset=Reason.objects.filter(kind="return", is_active=True)
    )
    suggested_unit = forms.ModelChoiceField(
        label=_("Unit that should handle it"),
        queryset=Unit.objects.filter(is_active=True).exclude(kind="office"),
        required=False,
    )
    basis = forms.CharField(
        label=_("Legal or duty basis"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
