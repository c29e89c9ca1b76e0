"""Who is complained about, as a citizen or an operator writes it: a unit by its name, or free words."""

from typing import TYPE_CHECKING, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Unit
from cases.secrecy.respondent import TEXT_LENGTH
from cases.words import DemandType
from hotline.channels.forms.typed import READABLE
from routing.accused.proposing import Names, meant

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MISSING = _(
    "Write whom you report: the unit, or the person and where they work. They never see what you write."
)
WHO = _("Who is it about?")


class SaidOf(TypedDict, total=False):
    """Facts for ``IntakeData``: whom it is about, and in which words; neither where nothing was written."""

    respondents: tuple[Unit, ...]
    respondent_text: str


class RespondentField(forms.CharField):
    """Free words; whether they name one of our units is found out by ``respondent_of``."""

    def __init__(self, *, label: "StrOrPromise" = WHO, help_text: "StrOrPromise" = "") -> None:
        super().__init__(
            required=False,
            max_length=TEXT_LENGTH,
            validators=[READABLE],
            label=label,
            help_text=help_text,
        )


def require(form: forms.Form, demand_type: str, sentence: "StrOrPromise" = MISSING) -> None:
    """Add the error to a form that reports wrongdoing without saying whose (call it in ``clean``)."""
    if demand_type != DemandType.REPORT or "respondent" in form.errors:
        return
    if not form.cleaned_data.get("respondent"):
        form.add_error("respondent", sentence)


def named_as_respondent(said: str) -> tuple[Unit, ...]:
    """Units that the words name, unmistakably or not: none of them is suggested. No query without words."""
    if not said.strip():
        return ()
    names = Names()
    return tuple(names.meant(said) or (one.unit for one in names.proposed(said)))


def respondent_of(said: str) -> SaidOf:
    """Facts for ``IntakeData``: the units, if they are unmistakable, and the words as they were written.

    Whoever writes whom it is about is heard, whatever they took the matter for: an enquiry that complains
    of a unit must not reach it either.
    """
    if not said.strip():
        return {}
    return {"respondents": tuple(meant(said)), "respondent_text": said}
