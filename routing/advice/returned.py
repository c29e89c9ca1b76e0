"""A case that came back: which units gave it back and whom they named instead (§3.2 6a, 6b)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.models import Case, Request
from cases.secrecy.respondent import recused_from
from cases.words import RequestState
from routing.advice.suggest import UnitSuggestion


@dataclass(frozen=True)
class Returned:
    """Granted returns of one case, the earliest first."""

    requests: tuple[Request, ...] = ()

    @property
    def unit_ids(self) -> frozenset[int]:
        """Units that are not suggested again: the case would only come back."""
        return frozenset(one.assignment.unit_id for one in self.requests)

    def suggestion(self, case: Case) -> UnitSuggestion | None:
        """The unit named by the last return, unless it gave the case back itself."""
        if not self.requests:
            return None
        last = self.requests[-1]
        named = last.suggested_unit
        if named is None or not named.is_active or named.pk in self.unit_ids:
            return None
        if named.pk in recused_from(case):
            return None
        sentence = _("Named by %(unit)s when it returned the case; basis: %(basis)s") % {
            "unit": last.assignment.unit,
            "basis": last.basis,
        }
        return UnitSuggestion(named, None, sentence, "return")


def returns_of(case: Case) -> Returned:
    """Granted returns of the case; one query, none for a case that never came back."""
    if not case.return_count:
        return Returned()
    found = (
        Request.objects.filter(assignment__case=case, kind="return", state=RequestState.GRANTED)
        .select_related("assignment__unit", "suggested_unit", "reason")
        .order_by("decided_at", "pk")
    )
    return Returned(tuple(found))
