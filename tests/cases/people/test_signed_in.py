"""Whoever is signed in: the account as the database has it, in one query."""

import pytest

from cases.models import Unit, User
from cases.people.signed_in import StaffBackend
from tests.cast import person


def the_long_way(user):
    fresh = User.objects.get(pk=user.pk)
    return fresh.roles, fresh.unit_ids, fresh.unit, fresh.unit_name


@pytest.mark.parametrize("name", ["clerk", "leader", "dispatcher", "supervisor", "sysadmin"])
def test_one_query_knows_what_the_long_way_knows(cast, django_assert_num_queries, name):
    somebody = getattr(cast, name)
    Unit.objects.create(code="below", name="质监站", kind="section", parent=cast.housing)
    section = Unit.objects.get(code="below")
    Unit.objects.create(code="below-2", name="一组", kind="section", parent=section)
    with django_assert_num_queries(1):
        user = StaffBackend().get_user(somebody.pk)
        known = user.roles, user.unit_ids, user.unit, user.unit_name
    assert known == the_long_way(somebody)
    if name == "clerk":
        assert len(known[1]) == 3


def test_without_roles_and_without_unit_one_sees_nothing(cast):
    user = StaffBackend().get_user(person("new", "新人", None).pk)
    assert (user.roles, user.unit_ids, user.unit) == (frozenset(), frozenset(), None)


def test_a_closed_account_is_signed_out_at_once(cast, client):
    client.force_login(cast.clerk)
    assert client.get("/desk/tasks/").status_code == 200
    User.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    assert client.get("/desk/tasks/").status_code == 302
    assert StaffBackend().get_user(cast.clerk.pk) is None
    assert StaffBackend().get_user(0) is None


def test_a_role_taken_away_is_gone_at_the_next_request(cast, client):
    client.force_login(cast.clerk)
    assert client.get("/desk/tasks/").status_code == 200
    cast.clerk.role_rows.all().delete()
    assert client.get("/desk/tasks/").status_code == 404
