"""The dispatcher's forms. What cannot be read is said in one sentence; what was typed stays."""

from collections.abc import Callable
from typing import Any, TypedDict

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.errors import Refused
from cases.lifecycle.classing import Classing
from cases.models import Case, Reason, Unit
from cases.reference import options
from cases.shapes import Context
from cases.words import DemandType, ReasonKind, RespondentState, Urgency
from routing.desk import naming

OTHER = "other"


class RespondentFacts(TypedDict):
    """Who is complained about, as ``settle`` takes it."""

    units: list[Unit]
    is_outside: bool
    note: str


class Named(forms.CharField):
    """A text that names a row; cleaned to what ``read`` makes of it.

    ``suggests``: the list that the field offers beside what is typed.
    """

    def __init__(
        self, *, read: Callable[[str], object], suggests: str = "", **options: Any
    ) -> None:
        attrs = {"data-suggests": suggests, "autocomplete": "off"} if suggests else {}
        attrs |= {"data-several": ""} if read is naming.units_written else {}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=300, **options)
        self.read = read

    def clean(self, value: object) -> object:
        """The row, or what an empty text means to ``read``."""
        text = super().clean(value)
        if not text and not self.required:
            return self.empty_value
        try:
            return self.read(text)
        except Refused as error:
            raise forms.ValidationError(str(error)) from error


class ClassForm(forms.Form):
    """Type, category, place and urgency: what clocks and suggestions follow."""

    category = Named(
        label=_("Category"),
        read=naming.category_named,
        error_messages={"required": _("Choose a category; part of its name or pinyin finds it.")},
    )
    region = Named(
        label=_("Place"),
        read=naming.region_named,
        required=False,
        empty_value=None,
    )
    demand_type = forms.ChoiceField(label=_("Type"), choices=DemandType)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency)

    FACTS = ("category", "region", "demand_type", "urgency")

    def facts(self) -> Classing:
        """The class as the verbs take it."""
        said = self.cleaned_data
        return {
            "category": said["category"],
            "region": said["region"],
            "demand_type": said["demand_type"],
            "urgency": said["urgency"],
        }

    @staticmethod
    def initial_of(case: Case) -> dict[str, str]:
        """How the case is classed now."""
        return {
            "category": str(case.category or ""),
            "region": str(case.region or ""),
            "demand_type": case.demand_type,
            "urgency": case.urgency,
        }


class DispatchForm(ClassForm):
    """The class, the units and the note of one dispatch."""

    unit = forms.CharField(
        required=False,
        max_length=60,
    )
    other = Named(
        label=_("Other unit"),
        read=naming.unit_named,
        suggests="units",
        required=False,
        empty_value=None,
    )
    assisting = Named(
        label=_("Assisting units"), read=naming.units_written, suggests="units", required=False
    )
    note = forms.CharField(
        label=_("Note to the units"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, object]:
        """A unit written by hand wins over the suggestion that was ticked."""
        said = super().clean() or self.cleaned_data
        if "other" not in said:
            return said
        if said["other"] is None and said.get("unit") not in {"", OTHER, None}:
            said["other"] = Unit.objects.filter(code=said["unit"], is_active=True).first()
        if said["other"] is None:
            self.add_error("other", _("Choose the unit that is to handle it."))
        return said

    def has_changed_from(self, fresh: "DispatchForm") -> bool:
        """Whether something else stands in it than in a fresh one."""
        return any(
            (self.initial.get(name) or "") != (fresh.initial.get(name) or "")
            for name in self.fields
        )

    @property
    def lead(self) -> Unit:
        """The unit chosen."""
        chosen: Unit = self.cleaned_data["other"]
        return chosen

    @property
    def assistants(self) -> list[Unit]:
        """The assisting units, without the lead."""
        return [one for one in self.cleaned_data["assisting"] or [] if one.pk != self.lead.pk]


MOST_TICKED = 20  # of what somebody posts


class RespondentForm(forms.Form):
    """Who is complained about: units proposed or written, or none of ours."""

    OUTSIDE = RespondentState.OUTSIDE.value  # ticked beside the codes of units

    respondent = forms.Field(required=False, widget=forms.SelectMultiple)
    respondent_unit = Named(
        label=_("Other units"), read=naming.units_written, suggests="units", required=False
    )
    respondent_note = forms.CharField(
        label=_("Why, if it is changed"), required=False, max_length=300
    )

    def clean(self) -> dict[str, object]:
        """The units ticked and those written."""
        said = super().clean() or self.cleaned_data
        if "respondent_unit" not in said:
            return said
        ticked = [code for code in said.get("respondent") or [] if code]
        said["is_outside"] = self.OUTSIDE in ticked
        found = Unit.objects.filter(code__in=ticked[:MOST_TICKED], is_active=True)
        said["units"] = list(dict.fromkeys([*found, *(said["respondent_unit"] or [])]))
        if not said["units"] and not said["is_outside"]:
            self.add_error("respondent_unit", _("Choose the unit, or “none of our units”."))
        return said

    def facts(self) -> RespondentFacts:
        """As ``Case.name_respondent`` takes them."""
        return {
            "units": self.cleaned_data["units"],
            "is_outside": self.cleaned_data["is_outside"],
            "note": self.cleaned_data["respondent_note"],
        }


def reasons(kind: ReasonKind) -> QuerySet[Reason]:
    """Coded reasons in use for an act."""
    return Reason.objects.filter(kind=kind, is_active=True)


class ReasonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none at run time
    """A coded reason; the guidance travels with it for the script that fills it in."""

    def __init__(self, kind: ReasonKind) -> None:
        super().__init__(
            queryset=reasons(kind),
            label=_("Reason"),
            to_field_name="code",
            empty_label=_("Choose a reason"),
        )


class RejectForm(forms.Form):
    """Not accepted: why, and which legal route the citizen is told."""

    reason = ReasonChoice(ReasonKind.REJECT)
    legal_route = forms.CharField(
        label=_("Legal route the citizen is told"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Left empty, the text of the reason is sent."),
    )

    @staticmethod
    def guidance() -> dict[str, str]:
        """What the citizen is told, by the code of the reason; one query."""
        return dict(reasons(ReasonKind.REJECT).values_list("code", "guidance"))


class TransferForm(forms.Form):
    """Handed over to an emergency line, the petition office, another city."""

    def __init__(self, data: QueryDict | None = None) -> None:
        # It stands on one page with ``RejectForm``: their fields need different ids.
        super().__init__(data, auto_id="transfer_%s")

    reason = ReasonChoice(ReasonKind.TRANSFER)
    target = forms.CharField(label=_("To whom"), required=False, max_length=80)


def choices_for_lists() -> Context:
    """What fields offer while one types: one query each."""
    return {
        "categories": options.all_categories(),
        "places": options.places(),
        "all_units": options.units(),
    }
