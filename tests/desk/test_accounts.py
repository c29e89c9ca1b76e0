"""Accounts: the system administrator opens and changes them; nobody else finds the page."""

import pytest
from django.urls import reverse

from cases.accounts.keeping import keep_account
from cases.accounts.recording import ACCOUNTS
from cases.errors import NotPermitted, Refused
from cases.models import AccountChange, User
from tests.cast import NOON

GOOD = {
    "username": "liuyang",
    "name": "刘洋",
    "staff_number": "017",
    "roles": ["operator"],
    "password": "青溪热线-2026-刘",
    "is_active": "on",
}


@pytest.fixture
def admin(cast, client):
    client.force_login(cast.sysadmin)
    return client


def test_an_empty_office_gets_its_first_operator(admin, cast, client):
    answer = admin.post(reverse("desk:accounts"), GOOD | {"unit": cast.office.pk})
    made = User.objects.get(username="liuyang")
    assert answer.status_code == 303
    assert answer.url == reverse("desk:account", args=[made.pk])
    assert (made.roles, made.unit, made.staff_number) == ({"operator"}, cast.office, "017")
    client.logout()
    assert made.check_password(GOOD["password"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": ""},
        {"username": "operator"},
        {"name": ""},
        {"roles": []},
        {"roles": ["operator", "system_admin"]},
        {"roles": ["clerk"]},
        {"roles": ["emperor"]},
        {"password": ""},
        {"password": "short"},
        {"unit": "999999"},
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(admin, cast, wrong):
    before = User.objects.count()
    answer = admin.post(reverse("desk:accounts"), GOOD | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert User.objects.count() == before
    assert 'role="alert"' in page
    assert wrong.get("name", GOOD["name"]) in page


def test_roles_are_exactly_those_chosen_and_the_password_stays(admin, cast):
    url = reverse("desk:account_changes", args=[cast.clerk.pk])
    facts = GOOD | {"username": "clerk", "roles": ["leader"], "unit": cast.housing.pk}
    answer = admin.post(url, facts | {"password": ""})
    fresh = User.objects.get(pk=cast.clerk.pk)
    assert answer.status_code == 303
    assert (fresh.roles, fresh.name) == ({"leader"}, "刘洋")
    assert fresh.check_password("password")


def test_a_closed_account_cannot_log_in(admin, cast, client):
    facts = {k: v for k, v in GOOD.items() if k not in {"is_active", "password"}}
    url = reverse("desk:account_changes", args=[cast.operator.pk])
    admin.post(url, facts | {"username": "operator", "unit": cast.office.pk})
    fresh = User.objects.get(pk=cast.operator.pk)
    assert not fresh.is_active
    assert fresh.roles == frozenset()


def test_administrators_do_not_lock_themselves_out(cast):
    mine = User.objects.get(pk=cast.sysadmin.pk)
    with pytest.raises(Refused):
        keep_account(mine, roles=["audit_admin"], by=cast.sysadmin, at=NOON)
    mine.is_active = False
    with pytest.raises(Refused):
        keep_account(mine, roles=["system_admin"], by=cast.sysadmin, at=NOON)
    assert User.objects.get(pk=cast.sysadmin.pk).roles == {"system_admin"}


@pytest.mark.parametrize("role", ["operator", "supervisor", "auditor", "leader"])
def test_nobody_else_finds_the_page(cast, client, role):
    person = getattr(cast, role)
    client.force_login(person)
    assert client.get(reverse("desk:settings")).status_code == 404
    assert client.post(reverse("desk:accounts"), GOOD).status_code == 404
    with pytest.raises(NotPermitted):
        keep_account(cast.clerk, roles=["supervisor"], by=person, at=NOON)
    assert User.objects.get(pk=cast.clerk.pk).roles == {"clerk"}


def test_the_list_finds_people_and_costs_the_same_for_any_number(
    admin, cast, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page = admin.get(reverse("desk:settings"), {"q": "住房"}).content.decode()
    assert "周明" in page
    assert "郑凯" not in page
    page = admin.get(reverse("desk:settings"), {"q": "nobody-here"}).content.decode()
    assert "没有符合的人" in page


def test_every_change_is_recorded_with_both_sides_and_no_password(admin, cast):
    admin.post(reverse("desk:accounts"), GOOD | {"unit": cast.office.pk})
    made = User.objects.get(username="liuyang")
    url = reverse("desk:account_changes", args=[made.pk])
    again = GOOD | {"roles": ["dispatcher"], "unit": cast.office.pk, "password": ""}
    admin.post(url, again)
    admin.post(url, again)  # nothing new: no row
    admin.post(url, again | {"password": "丹桂-飘香-2026"})
    rows = list(AccountChange.objects.filter(account=made))
    assert [row.kind for row in rows] == ["opened", "changed", "changed"]
    assert rows[0].changes["name"] == [None, "刘洋"]
    assert rows[0].changes["roles"] == [[], ["operator"]]
    assert rows[1].changes == {"roles": [["operator"], ["dispatcher"]]}
    assert rows[2].changes == {"password": [None, "set"]}
    assert {row.actor for row in rows} == {cast.sysadmin}
    assert "丹桂" not in str([row.changes for row in rows])


def test_an_altered_or_removed_change_of_an_account_is_named(cast):
    cast.clerk.name = "换名"
    keep_account(cast.clerk, roles=["clerk"], by=cast.sysadmin, at=NOON)
    keep_account(cast.clerk, roles=["leader"], by=cast.sysadmin, at=NOON)
    assert dict(ACCOUNTS.faults())["clerk"] is None
    AccountChange.objects.filter(account=cast.clerk, seq=2).delete()
    assert "the end is cut" in dict(ACCOUNTS.faults())["clerk"]
    AccountChange.objects.filter(account=cast.clerk, seq=1).update(changes={})
    assert "event 1 was altered" in dict(ACCOUNTS.faults())["clerk"]
