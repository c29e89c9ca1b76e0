"""Who may do what: one matrix (`domain.md` §10.4), and what a person may see at all.

An act is allowed to office roles anywhere they can see; to unit roles only on their own unit's tasks
(the unit and what is below it), never when their unit is in the line of the one complained about
(``recusal``); to ``citizen`` and ``system`` where named.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from django.contrib.auth.models import AnonymousUser

from cases.people.person import Person
from cases.words import AssignmentState, Role, Secrecy

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment
    from cases.lifecycle.models.case import Case

R = Role
Roles = tuple[Role, ...]


@dataclass(frozen=True)
class ActRule:
    """Roles that may act: in the office, in the unit concerned, and actors without account."""

    office: frozenset[str] = frozenset()
    unit: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset({"system"})


def _rule(
    *, office: Roles = (), unit: Roles = (), actors: tuple[str, ...] = ("system",)
) -> ActRule:
    return ActRule(frozenset(office), frozenset(unit), frozenset(actors))


ACTS: dict[str, ActRule] = {
    "case.register": _rule(
        office=(R.OPERATOR, R.DISPATCHER, R.SUPERVISOR), actors=("system", "citizen")
    ),
    "case.accept": _rule(office=(R.OPERATOR, R.DISPATCHER)),
    "case.reclassify": _rule(office=(R.OPERATOR, R.DISPATCHER)),
    "case.reject": _rule(office=(R.OPERATOR, R.DISPATCHER)),
    "case.transfer": _rule(office=(R.OPERATOR, R.DISPATCHER)),
    "case.answer": _rule(office=(R.OPERATOR, R.DISPATCHER)),
    "case.dispatch": _rule(office=(R.OPERATOR, R.DISPATCHER)),
    "case.handle_text": _rule(office=(R.OPERATOR, R.DISPATCHER, R.SUPERVISOR)),
    "case.name_respondent": _rule(office=(R.OPERATOR, R.DISPATCHER, R.REVIEWER, R.SUPERVISOR)),
    # a second person, see ``respondent``
    "case.withdraw_respondent": _rule(office=(R.SUPERVISOR,)),
    "case.raise_secrecy": _rule(
        office=(R.OPERATOR, R.DISPATCHER, R.REVIEWER, R.CALLBACK, R.SUPERVISOR)
    ),
    "case.ask_lower_secrecy": _rule(office=(R.DISPATCHER, R.SUPERVISOR)),
    "case.decide_secrecy": _rule(office=(R.SUPERVISOR,)),  # a second person, see ``secrecy``
    "case.name_contact": _rule(office=(R.DISPATCHER, R.SUPERVISOR)),
    "case.urge": _rule(
        office=(R.OPERATOR, R.DISPATCHER, R.CALLBACK, R.SUPERVISOR), actors=("system", "citizen")
    ),
    "case.supplement": _rule(
        office=(R.OPERATOR, R.DISPATCHER, R.CALLBACK), actors=("system", "citizen")
    ),
    "case.review": _rule(office=(R.REVIEWER,)),
    "case.callback": _rule(office=(R.CALLBACK,)),
    "case.rate": _rule(office=(R.CALLBACK,), actors=("system", "citizen")),
    "case.review_dissatisfied": _rule(office=(R.REVIEWER, R.SUPERVISOR)),
    "case.archive": _rule(office=(R.SUPERVISOR,)),
    "case.publish": _rule(office=(R.REVIEWER, R.SUPERVISOR)),
    "case.export": _rule(office=(R.DISPATCHER, R.SUPERVISOR)),
    "export.decide": _rule(office=(R.SUPERVISOR,), actors=()),  # two persons: no program decides
    "export.make": _rule(),
    "case.reveal": _rule(
        office=(R.OPERATOR, R.DISPATCHER, R.CALLBACK, R.SUPERVISOR), unit=(R.CLERK, R.LEADER)
    ),
    "assignment.sign": _rule(unit=(R.CLERK, R.LEADER)),
    "assignment.contact": _rule(unit=(R.CLERK, R.LEADER)),
    "assignment.relay": _rule(office=(R.DISPATCHER, R.CALLBACK)),
    "assignment.reply": _rule(unit=(R.CLERK, R.LEADER)),
    "assignment.contribute": _rule(unit=(R.CLERK, R.LEADER)),
    "assignment.urge": _rule(office=(R.DISPATCHER, R.SUPERVISOR)),
    "assignment.sign_off": _rule(unit=(R.LEADER,)),
    "request.ask": _rule(unit=(R.CLERK, R.LEADER)),
    "request.sign": _rule(unit=(R.LEADER,)),
    "request.decide_return": _rule(office=(R.DISPATCHER,)),
    "request.decide_extension": _rule(office=(R.DISPATCHER, R.SUPERVISOR)),
    "figures.see": _rule(office=(R.SUPERVISOR, R.DISPATCHER, R.REVIEWER), unit=(R.CLERK, R.LEADER)),
    "reference.edit": _rule(office=(R.SYSTEM_ADMIN,)),
    "system.watch": _rule(office=(R.SYSTEM_ADMIN,), actors=()),
    "clock.recount": _rule(),  # the calendar of a year has come
    "system.work": _rule(),  # what the administrator had the system do is over
    "search.synonyms": _rule(office=(R.SYSTEM_ADMIN, R.DISPATCHER, R.SUPERVISOR)),
    "audit.see": _rule(office=(R.AUDIT_ADMIN,)),
    # Whose daily work a screen is: it stands in their bar. Others who may use it come by way of a link.
    "desk.calls": _rule(office=(R.OPERATOR,), actors=()),
    "desk.dispatch": _rule(office=(R.DISPATCHER,), actors=()),
    "desk.relays": _rule(office=(R.CALLBACK,), actors=()),
    "desk.board": _rule(office=(R.SUPERVISOR,), actors=()),
    "desk.figures": _rule(office=(R.SUPERVISOR, R.DISPATCHER), unit=(R.CLERK, R.LEADER), actors=()),
    "desk.synonyms": _rule(office=(R.SYSTEM_ADMIN,), actors=()),
    "looks.see": _rule(office=(R.AUDIT_ADMIN, R.SECURITY_ADMIN), actors=()),
}
OFFICE = frozenset({R.OPERATOR, R.DISPATCHER, R.REVIEWER, R.CALLBACK, R.SUPERVISOR})
SEES_SECRET = OFFICE - {R.OPERATOR}


@dataclass(frozen=True)
class SightScope:
    """What a person may see, as data, so that every engine can put it inside its query."""

    is_office: bool = False
    sees_secret: bool = False
    unit_ids: frozenset[int] = field(default_factory=frozenset)
    barred_ids: frozenset[int] = field(default_factory=frozenset)  # see ``recusal``

    @property
    def sees_nothing(self) -> bool:
        """Administrators, strangers and people without a unit see no case."""
        return not self.is_office and not self.unit_ids


@runtime_checkable
class Concerning(Protocol):
    """A case, a task or a request: what an act is done to."""

    def parties(self) -> "tuple[Case, Assignment | None]":
        """The case, and the task it is about."""


def scope_of(user: "Person | AnonymousUser") -> SightScope:
    """The scope of a person; anonymous visitors and administrators get the empty one."""
    if isinstance(user, AnonymousUser):
        return SightScope()
    roles = user.roles
    if roles & OFFICE:
        return SightScope(is_office=True, sees_secret=bool(roles & SEES_SECRET))
    if roles & {R.CLERK, R.LEADER}:
        return SightScope(unit_ids=user.unit_ids, barred_ids=user.barred_ids)
    return SightScope()


@cache
def acts_of(roles: frozenset[str]) -> frozenset[str]:
    """The acts (keys of ``ACTS``) that somebody with these roles could do on some case."""
    return frozenset(act for act, rule in ACTS.items() if roles & (rule.office | rule.unit))


def may(by: "Person | AnonymousUser", act: str, subject: "Concerning | None" = None) -> bool:
    """Whether ``by`` may do ``act`` (a key of ``ACTS``) on a case, task or request.

    Without a subject: whether the role could do it on some case (for menus). Raises ``KeyError``
    for an act that is not in the matrix.
    """
    rule = ACTS[act]
    if isinstance(by, AnonymousUser):
        return False
    if by.kind != "staff":
        return by.kind in rule.actors
    in_office, in_unit = by.roles & rule.office, by.roles & rule.unit
    if subject is None or not (in_office or in_unit):
        return bool(in_office or in_unit)
    case, task = subject.parties()
    return _office_sees(by, case) if in_office else _is_own(by, case, task)


def _office_sees(by: Person, case: "Case") -> bool:
    hidden = case.secrecy == Secrecy.SECRET and case.registered_by_id != by.pk
    return not hidden or bool(by.roles & SEES_SECRET)


def _is_own(by: Person, case: "Case", task: "Assignment | None") -> bool:
    if not by.barred_ids.isdisjoint(case.accused_ids):
        return False
    if task is not None:
        return _holds(by, task)
    read = case.__dict__.get("_prefetched_objects_cache", {}).get("assignments")
    if read is not None:  # the page has them all: not asked again
        return any(_holds(by, one) for one in read)
    return case.assignments.held().filter(unit__in=by.unit_ids).exists()


def _holds(by: Person, task: "Assignment") -> bool:
    return task.unit_id in by.unit_ids and task.state not in AssignmentState.TAKEN_BACK
