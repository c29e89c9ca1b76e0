"""Log-in, language, refusals and the parts every screen is made of."""

import re

import pytest
from django.test import Client, override_settings

from tests.cast import Cast

pytestmark = pytest.mark.django_db
INLINE = re.compile(
    r"\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\b(src=|type=.application/json))|<style"
)
specimen = override_settings(ROOT_URLCONF="tests.config.specimen")


def text(response) -> str:
    return response.content.decode()


def test_login_leads_to_the_desk(client: Client, cast: Cast):
    answer = client.post("/login/", {"username": "clerk", "password": "password"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_login_does_not_follow_foreign_addresses(client: Client, cast: Cast):
    form = {"username": "clerk", "password": "password", "next": "https://example.org/"}
    assert client.post("/login/", form)["Location"] == "/desk/"


def test_failed_login_keeps_the_name_and_says_what_to_do(client: Client, cast: Cast):
    page = text(client.post("/login/", {"username": "clerk", "password": "wrong"}))
    assert "用户名和密码对不上" in page
    assert 'value="clerk"' in page


def test_fifth_failure_closes_the_login_even_for_the_right_password(client: Client, cast: Cast):
    for _ in range(4):
        assert client.post("/login/", {"username": "clerk", "password": "x"}).status_code == 200
    last = client.post("/login/", {"username": "clerk", "password": "x"})
    assert last.status_code == 429
    assert "15 分钟内不能登录" in text(last)
    right = client.post("/login/", {"username": "clerk", "password": "password"})
    assert right.status_code == 429
    assert "_auth_user_id" not in client.session


def test_lockout_does_not_tell_whether_the_name_exists(client: Client, cast: Cast):
    for _ in range(5):
        answer = client.post("/login/", {"username": "nobody", "password": "x"})
    assert answer.status_code == 429
    assert "nobody" not in text(answer)


def test_demonstration_lists_one_account_for_each_role(client: Client, cast: Cast, settings):
    settings.DEMO = True
    page = client.get("/login/?as=clerk")
    duties = [account["duty"] for account in page.context["demo_accounts"]]
    assert duties == [
        "话务员",
        "派单员",
        "单位经办人",
        "单位审签领导",
        "答复审核员",
        "回访员",
        "督办员",
        "系统管理员",
        "审计管理员",
    ]
    assert 'value="clerk"' in text(page)


def test_a_real_office_lists_no_accounts(client: Client, cast: Cast, settings):
    settings.DEMO = False
    page = text(client.get("/login/"))
    assert settings.DEMO_PASSWORD not in page
    assert cast.operator.name not in page


def test_logout_takes_a_post(client: Client, cast: Cast):
    client.force_login(cast.clerk)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert "_auth_user_id" not in client.session


def test_language_is_chinese_until_the_person_chooses(client: Client):
    page = client.get("/login/", headers={"Accept-Language": "en-US,en"})
    assert 'lang="zh-hans"' in text(page)
    assert page["Content-Language"] == "zh-hans"
    chosen = client.post("/i18n/setlang/", {"language": "en", "next": "/login/"})
    assert chosen["Location"] == "/login/"
    page = text(client.get("/login/"))
    assert 'lang="en"' in page
    assert "Staff log-in" in page


def test_unknown_language_cookie_is_ignored(client: Client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert 'lang="zh-hans"' in text(client.get("/login/"))


@specimen
def test_staff_page_shows_name_unit_and_log_out(client: Client, cast: Cast):
    client.force_login(cast.clerk)
    page = text(client.get("/specimen/"))
    assert "县住建局" in page
    assert "周明" in page
    assert 'action="/logout/"' in page


@specimen
def test_pages_carry_nothing_inline(client: Client, cast: Cast):
    client.force_login(cast.clerk)
    for path in ("/specimen/", "/specimen/public/", "/specimen/lost/", "/nowhere/"):
        assert not INLINE.search(text(client.get(path))), path
    client.logout()
    assert not INLINE.search(text(client.get("/login/")))


@pytest.mark.parametrize(
    ("who", "path"),
    [
        (None, "/login/"),
        (None, "/file/"),
        (None, "/progress/"),
        ("operator", "/desk/calls/"),
        ("dispatcher", "/desk/dispatch/"),
        ("clerk", "/desk/tasks/"),
        ("reviewer", "/desk/review/"),
        ("supervisor", "/desk/figures/"),
    ],
)
def test_the_policy_leaves_no_way_for_what_stands_in_a_page(
    client: Client, cast: Cast, who: str | None, path: str
):
    if who:
        client.force_login(getattr(cast, who))
    page = client.get(path)
    assert page.status_code == 200
    assert not INLINE.search(text(page))
    policy = dict(part.split(" ", 1) for part in page["Content-Security-Policy"].split("; "))
    assert (policy["style-src"], policy["script-src"]) == ("'self'", "'self'")


@specimen
def test_messages_are_announced(client: Client, cast: Cast):
    client.force_login(cast.clerk)
    page = text(client.get("/specimen/"))
    assert re.search(r'note--ok" role="status">.*已派给县自来水公司', page)
    assert re.search(r'note--late" role="alert">.*已经有人办了', page)


@specimen
def test_lost_race_answers_409_with_its_sentence_and_a_way_back(client: Client, cast: Cast):
    client.force_login(cast.clerk)
    page = client.get("/specimen/lost/", headers={"Referer": "http://testserver/cases/7/"})
    assert page.status_code == 409
    assert "工单当前是“办理中”" in text(page)
    assert 'href="/cases/7/"' in text(page)


@pytest.mark.parametrize(("place", "status"), [("lost", 409), ("forbidden", 404), ("nowhere", 404)])
@specimen
def test_what_was_sent_stands_on_the_page_that_does_not_take_it(client, cast, place, status):
    client.force_login(cast.clerk)
    said = {"note": "电缆老化，<b>已换</b>。", "act": "dispatch", "phone": "13807316217"}
    said |= {"password": "丹桂 飘香"}
    page = client.post(f"/specimen/{place}/", said)
    assert page.status_code == status
    assert "电缆老化，&lt;b&gt;已换&lt;/b&gt;。" in text(page)
    assert "13807316217" in text(page)
    assert "丹桂 飘香" not in text(page)
    assert ">dispatch<" not in text(page).replace("\n", "")


@specimen
def test_foreign_referrer_is_no_way_back(client: Client, cast: Cast):
    page = client.get("/specimen/lost/", headers={"Referer": "http://example.org/trap/"})
    assert "trap" not in text(page)


@specimen
def test_forbidden_looks_like_missing(client: Client, cast: Cast):
    client.force_login(cast.clerk)
    forbidden, missing = client.get("/specimen/forbidden/"), client.get("/specimen/forbiddex/")
    assert forbidden.status_code == missing.status_code == 404
    hide = re.compile(r'value="[^"]*"|nonce="[^"]*"|forbidde[nx]')
    assert hide.sub("", text(forbidden)) == hide.sub("", text(missing))


@specimen
def test_failing_page_says_so_without_database_or_context(cast: Cast):
    from django.template.loader import render_to_string

    page = render_to_string("500.html")
    assert "系统出了点问题" in page
    assert not INLINE.search(page)


def test_a_form_with_an_old_token_comes_back_to_be_copied(cast: Cast):
    client = Client(enforce_csrf_checks=True)
    typed = {"number": "430329261121010003", "code": "", "text": "还没写完的话"}
    page = client.post("/progress/", typed, headers={"Origin": "http://testserver"})
    assert page.status_code == 403
    assert "还没写完的话" in page.content.decode()
    assert "<form" not in page.content.decode().split("<main")[1]


def test_csrf_failure_is_told_in_the_look(cast: Cast):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/login/", {"username": "clerk", "password": "password"})
    assert answer.status_code == 403
    assert "页面打开太久" in text(answer)
