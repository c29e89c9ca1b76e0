"""Send what is beyond doubt in one act (C4): sure suggestions only, each kept with its reason.

A person ticks the cases; nothing leaves by itself. Left to a person's eye: cases that came back,
secret and confidential ones, those that speak of a danger and are not called urgent, complaints about a
unit or naming the one they would go to, and whatever is not sure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.errors import Refused
from cases.models import Case
from cases.people.person import Person
from cases.words import CaseState, Urgency
from routing.accused.proposing import Names, is_asked
from routing.advice.question import AdviceQuestion
from routing.advice.suggest import UnitSuggestion, foremost, suggest_all
from routing.dispatching.dispatch import dispatch_case, to_whom
from routing.rules.hazards import hazard_in


@dataclass(frozen=True)
class Sent:
    """Numbers of the cases sent, and of those left in the queue; ``to``: whom, in words, as ``done``."""

    done: tuple[str, ...]
    left: tuple[str, ...]
    to: tuple[str, ...] = ()


def is_plain(case: Case, best: UnitSuggestion | None) -> bool:
    """Whether the case may be sent without a second look."""
    return bool(
        best
        and best.is_sure
        and case.state == CaseState.ACCEPTED
        and case.return_count == 0
        and case.secrecy == "normal"
        and not case.respondent_state
        and not (case.urgency == Urgency.NORMAL and hazard_in(f"{case.title}\n{case.content}"))
    )


def naming_their_unit(best: Iterable[tuple[Case, UnitSuggestion | None]]) -> frozenset[int]:
    """Ids of complaints whose text names the unit they would go to, or one in its line.

    Three queries, and only when such a complaint is plain besides.
    """
    plain = [(case, one) for case, one in best if one and is_asked(case) and is_plain(case, one)]
    if not plain:
        return frozenset()
    names = Names()
    return frozenset(
        case.pk for case, one in plain if names.in_line(case, [one.unit, *one.assisting])
    )


def send_sure(cases: Sequence[Case], *, by: Person, at: datetime) -> Sent:
    """Dispatch the plain ones by their first suggestion; a case that cannot go stays and is named."""
    found = suggest_all([AdviceQuestion.of(case) for case in cases], at=at)
    done, left, to = [], [], []
    for case, suggestions in zip(cases, found, strict=True):
        best = foremost(suggestions)
        if best is None or not is_plain(case, best):
            left.append(case.number)
            continue
        try:
            dispatch_case(case, best.unit, best.assisting, suggestions=suggestions, by=by, at=at)
        except (
            Refused
        ):  # somebody was first, or a rule of the office forbids it: the person is told
            left.append(case.number)
        else:
            done.append(case.number)
            to.append(to_whom(best.unit, best.assisting))
    return Sent(tuple(done), tuple(left), tuple(to))
