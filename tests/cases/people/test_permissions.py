"""The matrix read for one person and one case or task: who may act, on what, and what is seen at all.

Each address and role is tried in ``tests/permissions``; here stands the reading of the matrix itself.
"""

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from cases.people.permissions import ACTS, OFFICE, SightScope, may, scope_of
from cases.people.person import CITIZEN, SYSTEM
from cases.words import Role

OURS, THEIRS, ACCUSED = 5, 6, 7  # ids of units
PK = 11


@dataclass(frozen=True)
class Person:
    """A member of staff as the matrix reads one."""

    roles: frozenset[str]
    pk: int = PK
    unit_ids: frozenset[int] = frozenset({OURS})
    barred_ids: frozenset[int] = frozenset({ACCUSED})


class Tasks(list):
    """Tasks of a case that are asked for as the database is."""

    def held(self):
        """All of them: none was given back."""
        return self

    def filter(self, unit__in):
        """Those of some units."""
        return Tasks(one for one in self if one.unit_id in unit__in)

    def exists(self):
        """Whether there is one."""
        return bool(self)


@dataclass
class Case:
    """A case as the matrix reads one."""

    secrecy: str = "normal"
    registered_by_id: int = 99
    accused_ids: frozenset[int] = frozenset()
    assignments: Tasks = field(default_factory=Tasks)


def person(*roles, **facts):
    return Person(frozenset(roles), **facts)


def task(unit=OURS, state="signed", **facts):
    return SimpleNamespace(case=Case(**facts), unit_id=unit, state=state)


def read_along(*tasks, **facts):
    """A case whose tasks the page has read."""
    case = Case(**facts)
    case._prefetched_objects_cache = {"assignments": list(tasks)}
    return case


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_role_may_do_what_the_matrix_gives_it_on_an_ordinary_case_of_its_own(act, role):
    rule = ACTS[act]
    allowed = role in rule.office | rule.unit
    assert may(person(role), act) is allowed
    assert may(person(role), act, task()) is allowed


def test_an_act_that_is_not_in_the_matrix_is_a_mistake():
    with pytest.raises(KeyError):
        may(SYSTEM, "case.forget")


@pytest.mark.parametrize(
    ("actor", "act", "allowed"),
    [
        (CITIZEN, "case.urge", True),
        (CITIZEN, "case.dispatch", False),
        (SYSTEM, "case.dispatch", True),
        (SYSTEM, "export.decide", False),
    ],
)
def test_actors_without_an_account_do_what_is_named_for_them(actor, act, allowed):
    assert may(actor, act) is allowed
    assert may(actor, act, task(secrecy="secret", accused_ids=frozenset({ACCUSED}))) is allowed


@pytest.mark.parametrize(
    ("role", "secrecy", "registered_by", "allowed"),
    [
        (Role.OPERATOR, "normal", 99, True),
        (Role.OPERATOR, "confidential", 99, True),
        (Role.OPERATOR, "secret", 99, False),
        (Role.OPERATOR, "secret", PK, True),
        (Role.DISPATCHER, "secret", 99, True),
    ],
)
def test_a_secret_case_is_for_whoever_may_see_it(role, secrecy, registered_by, allowed):
    case = Case(secrecy=secrecy, registered_by_id=registered_by)
    of_it = SimpleNamespace(case=case, unit_id=THEIRS, state="signed")
    for subject in (case, of_it, SimpleNamespace(assignment=of_it)):
        assert may(person(role), "case.dispatch", subject) is allowed


@pytest.mark.parametrize(
    ("mine", "allowed"),
    [
        (task(), True),
        (task(unit=THEIRS), False),
        (task(state="returned"), False),
        (task(state="recalled"), False),
        (task(accused_ids=frozenset({ACCUSED})), False),
        (task(accused_ids=frozenset({THEIRS})), True),
    ],
)
def test_a_unit_acts_on_its_own_task_unless_it_is_barred(mine, allowed):
    clerk = person(Role.CLERK)
    assert may(clerk, "assignment.reply", mine) is allowed
    assert may(clerk, "request.ask", SimpleNamespace(assignment=mine)) is allowed


@pytest.mark.parametrize("is_read", [True, False])
@pytest.mark.parametrize(
    ("units", "accused", "allowed"),
    [
        ([THEIRS, OURS], [], True),
        ([THEIRS], [], False),
        ([], [], False),
        ([OURS], [ACCUSED], False),
    ],
)
def test_a_unit_acts_on_a_case_by_a_task_of_its_own(is_read, units, accused, allowed):
    tasks = [SimpleNamespace(unit_id=unit, state="signed") for unit in units]
    facts = {"accused_ids": frozenset(accused)}
    case = read_along(*tasks, **facts) if is_read else Case(assignments=Tasks(tasks), **facts)
    assert may(person(Role.CLERK), "case.reveal", case) is allowed


def test_what_the_page_has_read_is_not_asked_again():
    case = read_along(SimpleNamespace(unit_id=OURS, state="signed"))
    assert not case.assignments
    assert may(person(Role.LEADER), "case.reveal", case)
    held_no_more = read_along(SimpleNamespace(unit_id=OURS, state="recalled"))
    assert not may(person(Role.LEADER), "case.reveal", held_no_more)


@pytest.mark.parametrize("role", sorted(OFFICE))
def test_the_office_sees_every_case_and_operators_no_secret_ones(role):
    assert scope_of(person(role, Role.CLERK)) == SightScope(
        is_office=True, sees_secret=role != Role.OPERATOR
    )


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER])
def test_units_see_what_is_theirs_and_not_what_is_about_them(role):
    scope = scope_of(person(role))
    assert scope == SightScope(unit_ids=frozenset({OURS}), barred_ids=frozenset({ACCUSED}))
    assert not scope.sees_nothing


@pytest.mark.parametrize("nobody", [person(Role.SYSTEM_ADMIN), SimpleNamespace()])
def test_administrators_and_strangers_see_nothing(nobody):
    assert scope_of(nobody) == SightScope()
    assert scope_of(nobody).sees_nothing
    assert not scope_of(person(Role.DISPATCHER)).sees_nothing
