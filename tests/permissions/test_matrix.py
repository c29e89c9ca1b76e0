"""Every address × every role × own, other and accused unit: equal to the declared table."""

import pytest

from cases.models import Case, Event
from tests.permissions.everybody import ROLES, address, answered, make_world, named
from tests.permissions.table import ELSEWHERE, TABLE, Row


def test_every_address_has_its_row():
    assert set(named()) - ELSEWHERE == set(TABLE)


def expected(row: Row, role: str, status: int) -> set[int]:
    """What this role may get; a method that does not exist is 405 or hidden like the rest."""
    if status and role in row.but:
        return {row.but[role]}
    if role in row.who:
        return {status or 405}
    refused = 302 if role == "anonymous" else 404
    return {refused} if status else {refused, 405}


@pytest.fixture
def world(cast):
    return make_world(cast)


def test_every_role_gets_what_the_table_says(world):
    wrong = []
    for name, row in TABLE.items():
        url = address(name, row.subject, world)
        for role in ROLES:
            for method, status in (("GET", row.get), ("POST", row.post)):
                got = answered(world.people[role], method, url)
                if got not in expected(row, role, status):
                    wrong.append(f"{method} {name} as {role}: {got}")
    assert wrong == []


def test_the_accused_unit_holds_a_task_and_still_sees_nothing(world):
    """Else the row of the accused proves nothing: it must be the rule that hides the case."""
    accused = world.people["accused_clerk"]
    assert world.case.assignments.filter(unit=accused.unit).exists()
    assert not Case.objects.visible_to(accused).filter(pk=world.case.pk).exists()
    task = world.case.assignments.get(unit=accused.unit)
    events = Event.objects.count()
    for name, row in TABLE.items():
        if row.subject == "task":
            url = address(name, "accused task", world)
            assert answered(accused, "POST", url) == 404, name
    assert (Event.objects.count(), type(task).objects.get(pk=task.pk).state) == (
        events,
        "dispatched",
    )


def test_the_back_office_of_the_site_is_closed_to_the_desks(world):
    """Wagtail asks everybody who may not edit pages to sign in; nobody slips in with a desk account."""
    inside = {role for role in ROLES if answered(world.people[role], "GET", "/cms/") == 200}
    assert inside <= {"system_admin"}
    for path in ("/cms/pages/", "/cms/users/", "/cms/reports/site-history/"):
        for role in set(ROLES) - {"system_admin"}:
            assert answered(world.people[role], "GET", path) in {302, 403, 404}, (path, role)
