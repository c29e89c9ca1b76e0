"""The operator's form: what is typed while the caller speaks, read by words, not by ids."""

import uuid
from datetime import datetime
from typing import TypeVar

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.lifecycle.registering import CONTENT_LENGTH, IntakeData
from cases.models import Category, Reason, Region, Unit
from cases.privacy.phone import is_plausible, normalise
from cases.reference.initials import typed_as
from cases.shapes import Payload
from cases.words import DemandType, Secrecy, Urgency
from hotline.channels.forms.respondents import RespondentField, require, respondent_of
from routing.accused.proposing import Names

Row = TypeVar("Row", bound=Model)


def pick(rows: QuerySet[Row], typed: str) -> Row | None:
    """The active row a person means by path, name, code or unmistakable pinyin initials; else ``None``."""
    text = typed.strip()
    if not text:
        return None
    active, columns = rows.filter(is_active=True), rows.model._meta.get_fields()  # noqa: SLF001
    for field in ("path", "code", "name", "short_name", "pinyin"):
        if not any(known.name == field for known in columns):
            continue
        is_meant = typed_as(text) if field == "pinyin" else Q(**{f"{field}__iexact": text})
        found = list(active.filter(is_meant)[:2])
        if len(found) == 1:
            return found[0]
    return None


def new_token() -> str:
    """A fresh key of a form: the draft's name and the case's idempotency key."""
    return uuid.uuid4().hex


LONGEST = 10_000  # of one field that somebody posts


def typed_in(sent: QueryDict) -> dict[str, str]:
    """What stands in the form's fields, judged by nobody."""
    typed = {name: str(sent[name])[:LONGEST] for name in CallForm.base_fields if name in sent}
    if "offered" in sent:  # boxes that were shown: those not sent are unticked
        ticked = sent.getlist("assisting")
        typed["left_out"] = " ".join(one for one in sent.getlist("offered") if one not in ticked)
    return typed


class CallForm(forms.Form):
    """One caller's matter. Which fields are needed depends on the button that is pressed."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40)
    phone = forms.CharField(label=_("Number"), required=False, max_length=30)
    name = forms.CharField(label=_("Name"), required=False, max_length=40)
    known_name = forms.BooleanField(label=_("The name given last time"), required=False)
    looked_up = forms.CharField(required=False, max_length=40)  # the number of the name shown
    told = forms.CharField(required=False, max_length=CONTENT_LENGTH)  # recorded as an urge already
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", "—"), ("f", _("Female")), ("m", _("Male"))]
    )
    demand_type = forms.ChoiceField(
        label=_("Type"), choices=DemandType.choices, widget=forms.RadioSelect, initial="help"
    )
    content = forms.CharField(
        label=_("Content"),
        max_length=CONTENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what the caller says.")},
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=60)
    request = forms.CharField(label=_("What the caller asks for"), required=False, max_length=200)
    respondent = RespondentField(label=_("Complained about"))
    region = forms.CharField(label=_("Place"), required=False, max_length=160)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    category = forms.CharField(label=_("Category"), required=False, max_length=200)
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect, initial="normal"
    )
    is_secret = forms.BooleanField(label=_("Keep the caller confidential"), required=False)
    publish_consent = forms.BooleanField(label=_("The reply may be published"), required=False)
    lead = forms.CharField(label=_("Other unit"), required=False, max_length=80)
    suggested = forms.CharField(required=False, max_length=60)
    chose = forms.CharField(required=False, max_length=1)  # "1": suggested was chosen by a person
    left_out = forms.CharField(required=False, max_length=LONGEST)  # assisting units unticked
    note = forms.CharField(label=_("Note to the unit"), required=False, max_length=300)
    answer = forms.CharField(
        label=_("Answer given"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.ModelChoiceField(
        label=_("Reason"),
        required=False,
        queryset=Reason.objects.filter(is_active=True, kind__in=["reject", "transfer"]),
        empty_label=_("Choose a reason"),
    )
    legal_route = forms.CharField(label=_("Legal route"), required=False, max_length=1000)

    NEEDS_CATEGORY = ("answer", "accept", "dispatch")

    def __init__(
        self, data: QueryDict | None = None, *, initial: Payload | None = None, act: str = ""
    ) -> None:
        super().__init__(data, initial=initial)
        self.act = act

    def clean_phone(self) -> str:
        """Digits only; refuse what could not be dialled."""
        digits = normalise(self.cleaned_data["phone"])
        if self.cleaned_data["phone"].strip() and not is_plausible(digits):
            raise forms.ValidationError(
                _("The telephone number is not complete. Check the digits.")
            )
        return digits

    def clean_region(self) -> Region | None:
        """The place by its path, name or code."""
        return self._picked(
            Region.objects.all(), "region", _("No such place. Choose one from the list.")
        )

    def clean_category(self) -> Category | None:
        """The category by its path, name, code or pinyin initials; needed to finish."""
        found = self._picked(
            Category.objects.all(),
            "category",
            _("No such category. Choose one from the list, by words or pinyin initials."),
        )
        if found is None and self.act in self.NEEDS_CATEGORY:
            raise forms.ValidationError(_("Choose a category, for example by pinyin initials."))
        return found

    def clean_lead(self) -> Unit | None:
        """The unit typed by name or pinyin initials."""
        return self._picked(
            Unit.objects.all(), "lead", _("No such unit. Choose one from the list.")
        )

    def clean_suggested(self) -> Unit | None:
        """The suggestion taken: a unit's code."""
        code = self.cleaned_data["suggested"]
        return Unit.objects.filter(code=code, is_active=True).first() if code else None

    def _picked(self, rows: QuerySet[Row], field: str, sentence: str | Promise) -> Row | None:
        typed = self.cleaned_data[field]
        found = pick(rows, typed)
        if typed.strip() and found is None:
            raise forms.ValidationError(str(sentence))
        return found

    def clean(self) -> Payload:
        """What each way of finishing needs besides."""
        said = super().clean() or {}
        if self.act == "answer" and not said.get("answer", "").strip():
            self.add_error("answer", _("Write the answer that was given to the caller."))
        if self.act == "dispatch" and not (said.get("lead") or said.get("suggested")):
            self.add_error("lead", _("Choose the unit this goes to."))
        if self.act in self.NEEDS_CATEGORY:
            if self.act == "dispatch" and said.get("respondent") and self._is_open(said):
                self.add_error("respondent", _unclear(said["respondent"]))
            require(
                self,
                said.get("demand_type", ""),
                _("Ask who is reported: the unit, or the person and where they work."),
            )
        if self.act in {"reject", "transfer"}:
            reason = said.get("reason")
            if reason is None or reason.kind != self.act:
                self.add_error("reason", _("Choose the reason that the caller was told."))
        return said

    @staticmethod
    def _is_open(said: Payload) -> bool:
        """Whether somebody has to settle first who is complained about."""
        return not respondent_of(said["respondent"])["respondents"]

    def intake(self, at: datetime) -> IntakeData:
        """The cleaned fields as the intake takes them."""
        said = self.cleaned_data
        return IntakeData(
            channel="phone",
            content=said["content"],
            contact_at=at,
            title=said["title"],
            request=said["request"],
            demand_type=said["demand_type"],
            category=said["category"],
            region=said["region"],
            address=said["address"],
            urgency=said["urgency"],
            secrecy=Secrecy.CONFIDENTIAL if said["is_secret"] else Secrecy.NORMAL,
            publish_consent=said["publish_consent"],
            name=said["name"],
            phone=said["phone"],
            gender=said["gender"],
            is_anonymous=not (said["name"] or said["phone"]),
            **respondent_of(said["respondent"]),
        )


def _unclear(words: str) -> str:
    """Why words do not settle who is complained about, and what to do."""
    found = [str(one.unit) for one in Names().proposed(words)]
    if not found:
        return gettext(
            "This names no unit of ours: choose one from the list, or press F6 for the dispatcher."
        )
    return gettext(
        "Here stands more than the unit: write only “%(unit)s” and the person into the text, "
        "or press F6 for the dispatcher."
    ) % {"unit": found[0]}
