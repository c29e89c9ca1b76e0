"""What a reviewer decides about a dissatisfied citizen's case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Unit
from satisfaction.words import DissatisfactionDecision


class DissatisfactionDecisionForm(forms.Form):
    """The unit matters for a rework only; empty means the same unit."""

    decision = forms.ChoiceField(choices=DissatisfactionDecision, label=_("Decision"))
    unit = forms.ModelChoiceField(
        label=_("Who does it again"),
        queryset=Unit.objects.filter(is_active=True).exclude(kind="office"),
        required=False,
        empty_label=_("the same unit"),
        to_field_name="code",
    )
    reason = forms.CharField(
        label=_("Reason of the decision"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
