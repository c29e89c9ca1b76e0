"""The matrix read for one person and one case or task: who may act, on what, and what is seen at all.

Each address and role is tried in ``tests/permissions``; here stands the reading of the matrix itself.
"""

from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser

from cases.people.permissions import ACTS, OFFICE, SightScope, acts_of, may, scope_of
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
    kind: str = "staff"


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

    def parties(self):
        """It is about itself."""
        return self, None


@dataclass
class Task:
    """A task as the matrix reads one; a request is about its task too."""

    unit_id: int = OURS
    state: str = "signed"
    case: Case = field(default_factory=Case)

    def parties(self):
        """The case, and the task."""
        return self.case, self


def person(*roles, **facts):
    return Person(frozenset(roles), **facts)


def task(unit=OURS, state="signed", **facts):
    return Task(unit, state, Case(**facts))


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


@pytest.mark.parametrize("role", list(Role))
def test_the_acts_of_a_role_are_those_the_matrix_gives_it(role):
    by = person(role)
    assert acts_of(by.roles) == {act for act in ACTS if may(by, act)}


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
    for subject in (case, Task(unit_id=THEIRS, case=case)):
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
    assert may(person(Role.CLERK), "assignment.reply", mine) is allowed


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
    tasks = [Task(unit, "signed") for unit in units]
    facts = {"accused_ids": frozenset(accused)}
    case = read_along(*tasks, **facts) if is_read else Case(assignments=Tasks(tasks), **facts)
    assert may(person(Role.CLERK), "case.reveal", case) is allowed


def test_what_the_page_has_read_is_not_asked_again():
    case = read_along(Task(OURS, "signed"))
    assert not case.assignments
    assert may(person(Role.LEADER), "case.reveal", case)
    held_no_more = read_along(Task(OURS, "recalled"))
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


@pytest.mark.parametrize("nobody", [person(Role.SYSTEM_ADMIN), AnonymousUser()])
def test_administrators_and_strangers_see_and_do_nothing(nobody):
    assert not may(nobody, "case.urge")
    assert scope_of(nobody) == SightScope()
    assert scope_of(nobody).sees_nothing
    assert not scope_of(person(Role.DISPATCHER)).sees_nothing
