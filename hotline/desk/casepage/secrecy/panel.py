"""What the page of a case says of its secrecy to the office, and the forms to change it."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from cases.models import Case, ContactGrant, SecrecyRequest, User
from cases.secrecy.contacting import UNIT_ROLES
from cases.secrecy.levels import ORDER, rank
from cases.shapes import Context
from cases.words import Secrecy
from hotline.desk.casepage.offering import offer

SHORT = 500


class LevelForm(forms.Form):
    """Another level and why; which ones are offered depends on the present one."""

    level = forms.ChoiceField(label=gettext_lazy("Secrecy"), choices=Secrecy)
    note = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=SHORT)

    def __init__(
        self, data: QueryDict | None = None, *, prefix: str, levels: tuple[str, ...] = ORDER
    ) -> None:
        super().__init__(data, prefix=prefix)
        offer(self, "level", [(one.value, str(one.label)) for one in Secrecy if one in levels])


class SecrecyDecisionForm(forms.Form):
    """Lower it or leave it."""

    act = forms.ChoiceField(choices=[("grant", "grant"), ("refuse", "refuse")])
    note = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=SHORT)


class NamedContactForm(forms.Form):
    """Who of the handling units may know the citizen, and why."""

    person = forms.ChoiceField(label=gettext_lazy("Person of the unit"))
    reason = forms.CharField(label=gettext_lazy("Why they have to know"), max_length=200)

    def __init__(self, data: QueryDict | None = None, *, prefix: str, people: list[User]) -> None:
        super().__init__(data, prefix=prefix)
        offer(self, "person", [(str(one.pk), f"{one.name} · {one.unit_name}") for one in people])


def context_of(user: User, case: Case, verbs: frozenset[str]) -> Context:
    """What the panel shows to the office; empty for units. At most three queries, none on ordinary cases."""
    if "raise_secrecy" not in verbs:
        return {}
    now = rank(case.secrecy)
    found: Context = {"can_raise": now < len(ORDER) - 1}
    found["raise_form"] = LevelForm(levels=ORDER[now + 1 :], prefix="raise")
    if not now:
        return found
    found["asked_lower"] = _asked(case)
    found["granted"] = list(
        ContactGrant.objects.filter(case=case, ended_at=None).select_related("user__unit")
    )
    if "ask_lower_secrecy" in verbs and case.demand_type != "report":
        found["lower_form"] = LevelForm(levels=ORDER[:now], prefix="lower")
    asked = found["asked_lower"]
    found["is_own_lower"] = asked is not None and asked.asked_by_id == user.pk
    if asked and "decide_secrecy" in verbs and asked.asked_by_id != user.pk:
        found["decide_form"] = SecrecyDecisionForm(prefix="decide")
    if "name_contact" in verbs:
        found["contact_form"] = NamedContactForm(people=people_of(case), prefix="contact")
    return found


def _asked(case: Case) -> SecrecyRequest | None:
    return (
        SecrecyRequest.objects.filter(case=case, decided_at=None).select_related("asked_by").first()
    )


def people_of(case: Case) -> list[User]:
    """Clerks and leaders of the units that hold the case."""
    units = case.assignments.held().values("unit")
    people = User.objects.filter(
        is_active=True, unit__in=units, role_rows__role__in=UNIT_ROLES
    ).select_related("unit")
    return list(people.distinct().order_by("unit__code", "name"))
