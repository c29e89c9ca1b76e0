"""Whose contact the citizen is asked about: the unit's, or the office's where the unit must not know them.

On confidential and secret cases a unit puts its questions through the office (``cases.secrecy.relaying``).
Asking whether the *unit* got in touch would count against it what it may not do, so the office is asked about
and the answer is kept apart: no figure of the unit reads it. Source: `domain.md` §2.7.
"""

from typing import TypedDict, TypeVar

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.words import ContactMethod, Secrecy

FormT = TypeVar("FormT", bound=Form)
QUESTION = _("Did the office pass on to you what the unit asked or told?")
NOT_BY_THE_UNIT = frozenset({"", ContactMethod.OFFICE.value, ContactMethod.PHONE_MISSED.value})


class ContactSaid(TypedDict):
    """Whether there was contact, under the one who was asked about."""

    contacted: bool | None
    passed_on: bool | None


def is_by_office(case: Case) -> bool:
    """Whether the unit may not have been in touch itself: one query, on confidential cases only.

    A person whom the office named may: then their contact is recorded, and it is asked about as always.
    """
    if case.secrecy == Secrecy.NORMAL:
        return False
    task = case.lead()
    return task is None or task.first_contact_method in NOT_BY_THE_UNIT


def ask(form: FormT, case: Case) -> FormT:
    """Give the form the question that fits the case; before it is read, for then its fields are bound."""
    if is_by_office(case):
        form.fields["contacted"].label = QUESTION
    return form


def kept(case: Case, contacted: bool | None) -> ContactSaid:  # noqa: FBT001 - an answer
    """The answer as it is stored, under the one who was asked about."""
    if is_by_office(case):
        return {"contacted": None, "passed_on": contacted}
    return {"contacted": contacted, "passed_on": None}
