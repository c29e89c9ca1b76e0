"""Who is complained about, for whoever may settle it on the page of the case."""

from cases.models import Case
from cases.shapes import Context
from routing.accused.proposing import named_in


def context_of(case: Case, verbs: frozenset[str]) -> Context:
    """Whether the person may settle it, and while it is open the units that the texts name."""
    can_name = "name_respondent" in verbs
    return {
        "can_name": can_name,
        "accused": named_in(case) if can_name and case.is_respondent_open else [],
    }
