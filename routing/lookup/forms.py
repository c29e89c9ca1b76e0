"""The matter somebody wants to try."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.words import Channel, DemandType, Urgency
from routing.desk import naming
from routing.desk.forms import Named


class TryForm(forms.Form):
    """A text and as much of its class as is known."""

    text = forms.CharField(
        label=_("What the citizen says"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what the citizen says.")},
    )
    category = Named(
        label=_("Category"),
        read=naming.category_named,
        required=False,
        empty_value=None,
    )
    region = Named(
        label=_("Place"),
        read=naming.region_named,
        required=False,
        empty_value=None,
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("", "—"), *Channel.choices], required=False
    )
    demand_type = forms.ChoiceField(
        label=_("Type"), choices=[("", "—"), *DemandType.choices], required=False
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=[("", "—"), *Urgency.choices], required=False
    )
    clock = forms.TimeField(
        label=_("Time of the call"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
