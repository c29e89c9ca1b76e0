"""The audit administrator reads what was done to accounts and who saw what; nobody else does."""

import pytest
from django.urls import reverse

from cases.accounts.keeping import keep_account
from cases.models import ViewLog
from cases.words import Role
from tests.cast import NOON, wang_says

AUDIT = "/desk/audit/"


@pytest.fixture
def auditor(cast, client):
    client.force_login(cast.auditor)
    return client


def test_a_change_of_an_account_is_told_with_both_sides(auditor, cast):
    cast.clerk.name = "周明明"
    keep_account(cast.clerk, roles=["leader"], password="x", by=cast.sysadmin, at=NOON)
    page = auditor.get(AUDIT).content.decode()
    assert f"角色：{Role.CLERK.label} → {Role.LEADER.label}" in page
    assert "周明 → 周明明" in page
    assert "重新设置了密码" in page
    assert cast.sysadmin.name in page


def test_a_look_at_personal_data_is_told_by_number_only(auditor, cast):
    case = wang_says(cast, content="金丝雀在井盖下", title="金丝雀")
    ViewLog.objects.create(
        case=case, user=cast.operator, fields="name,phone", reason="核实地点", at=NOON
    )
    page = auditor.get(AUDIT, {"of": "views"}).content.decode()
    assert case.number in page
    assert "姓名、电话" in page
    assert "核实地点" in page
    assert "金丝雀" not in page


def test_log_ins_are_told_accepted_and_refused(cast, client):
    cast.operator.set_password("丹桂-飘香-2026")
    cast.operator.save()
    form = {"username": cast.operator.username, "password": "错的"}
    client.post(reverse("login"), form, REMOTE_ADDR="10.1.2.3")
    client.post(reverse("login"), form | {"password": "丹桂-飘香-2026"}, REMOTE_ADDR="10.1.2.4")
    client.force_login(cast.auditor)
    refused = client.get(AUDIT, {"of": "failures"}).content.decode()
    accepted = client.get(AUDIT, {"of": "logins", "q": cast.operator.username}).content.decode()
    from_there = client.get(AUDIT, {"of": "logins", "q": "10.1.2.4"}).content.decode()
    assert "10.1.2.3" in refused
    assert cast.operator.username in from_there
    assert "10.1.2.4" in accepted


def test_words_narrow_and_costs_stay_the_same(auditor, cast, django_assert_max_num_queries):
    for person in (cast.clerk, cast.leader, cast.operator):
        person.name += "新"
        keep_account(person, roles=person.roles, by=cast.sysadmin, at=NOON)
    with django_assert_max_num_queries(6):
        page = auditor.get(AUDIT, {"q": cast.leader.username}).content.decode()
    assert cast.leader.name in page
    assert cast.operator.name not in page
    assert "没有符合" in auditor.get(AUDIT, {"q": "nobody-here"}).content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "昨天"])
def test_a_day_of_no_use_is_told(auditor, day):
    answer = auditor.get("/desk/audit/", {"day": day})
    assert answer.status_code in {200, 422}
    assert "2000 年到 2099 年" in answer.content.decode() or day == "昨天"
