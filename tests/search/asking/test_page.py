"""The search page: filters, hits, empty answers, jumps, hostile input."""

import pytest
from django.urls import reverse

from search.asking.finding import find
from search.indexing.upkeep import refresh
from tests.cast import NOON

URL = "/desk/search/"


@pytest.fixture
def ask(client, cast):
    """GET the page as somebody; returns its text."""

    def page(user=None, **asked):
        client.force_login(user or cast.dispatcher)
        answer = client.get(URL, asked, follow="q" in asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_hits_with_marks_counts_and_facets(say, ask, cast):
    case = say("居民訴求：连续停水三天", title="停水")
    other = say("路灯不亮")
    shown = ask(q="诉求")
    assert "<mark>訴求</mark>" in shown
    assert case.number in shown
    assert other.number not in shown
    assert "channel=web" in shown
    assert '<b class="n">1 件</b>' in shown


def test_a_case_found_by_a_name_shows_where_it_stands(say, ask, cast):
    case = say("停水三天", title="停水")
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON)
    refresh([case.pk])
    assert f" · <mark>{cast.water}</mark> · " in ask(q=f"{cast.water}")
    assert f" · {cast.water} · " in ask(q="停水")  # the title is marked, which says enough


def test_text_of_citizens_and_of_askers_is_escaped(say, ask):
    say("停水<script>alert(1)</script>", title='<img src=x onerror="alert(2)">停水')
    shown = ask(q='停水 "><script>alert(3)</script>')
    assert "<script>alert" not in shown
    shown = ask(q="停水")
    assert "&lt;img src=x onerror=&quot;alert(2)&quot;&gt;<mark>停水</mark>" in shown
    assert "<script>alert" not in shown


def test_a_whole_number_opens_the_case_only_for_those_who_see_it(say, client, cast):
    case = say("停水")
    client.force_login(cast.dispatcher)
    answer = client.get(URL, {"q": f" {case.number} "})
    assert (answer.status_code, answer.url) == (302, reverse("desk:case", args=[case.number]))
    client.force_login(cast.clerk)
    assert client.get(URL, {"q": case.number}).status_code == 200


def test_a_phone_tail_is_taken_when_no_words_match_and_for_the_office_only(say, ask, cast):
    case = say("路灯不亮", phone="13807316217")
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
    refresh([case.pk])
    assert case.number in ask(q="6217")
    assert case.number in ask(q="138 0731 6217")
    assert case.number in ask(cast.clerk, q="路灯")
    for typed in ("6217", "13807316217", "电话:6217"):
        assert case.number not in ask(cast.clerk, q=typed)


def test_nothing_found_helps(say, ask, cast):
    say("停水")
    assert "没有符合的工单" in ask(q="没有这个词")
    assert "去掉全部筛选" in ask(q="停水", state="closed")
    assert "只查找本单位的工单" in ask(cast.clerk, q="停水")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": "x" * 5000},
        {"q": "\x00\ud7ff' OR \"* NEAR("},
        {"since": "昨天", "until": "2026-13-45"},
        {"since": "2026-11-20", "until": "2026-11-01"},
        {"month": ["2026-99", "x"], "state": "gone", "unit": "nobody", "category": "zz"},
        {"q": "停水", "sort": "rank; DROP", "after": "1_2_x"},
        {"urgency": "gone", "overdue": "maybe"},
    ],
)
def test_hostile_addresses_are_answered(say, ask, asked):
    say("停水")
    ask(**asked)


def test_wrong_dates_are_told_and_kept(ask):
    shown = ask(q="停水", since="昨天")
    assert 'value="昨天"' in shown
    assert "error" in shown
    assert "把两个日期对调" in ask(since="2026-11-20", until="2026-11-01")


def test_administrators_find_no_page(client, cast):
    for user in (cast.sysadmin, cast.auditor):
        client.force_login(user)
        assert client.get(URL, {"q": "停水"}).status_code == 404
    client.logout()
    assert client.get(URL).status_code == 302


def test_filters_of_units_hold_their_sections(say, cast):
    from cases.models import Unit
    from hotline.desk.search.asked import SearchNarrowForm, asked

    section = Unit.objects.create(
        code="section", name="路灯所", short_name="路灯所", kind="section", parent=cast.housing
    )
    from django.http import QueryDict

    read = QueryDict("unit=housing&category=07&state=accepted&state=gone")
    wanted = asked(read, SearchNarrowForm()).filters()
    assert set(wanted.unit) == {cast.housing.pk, section.pk}
    assert cast.street_lights.pk in wanted.category
    assert wanted.state == ("accepted",)
    case = say("路灯不亮")
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    assert find("路灯", cast.dispatcher, at=NOON, filters=wanted).total == 0
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
    refresh([case.pk])
    wanted = asked(QueryDict("unit=housing&category=07"), SearchNarrowForm()).filters()
    assert find("路灯", cast.dispatcher, at=NOON, filters=wanted).total == 1


def test_three_hits_cost_no_more_queries_than_one(say, ask):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    say("停水一")
    ask(q="停水")
    with CaptureQueriesContext(connection) as one:
        ask(q="停水")
    say("停水二")
    say("停水三")
    with CaptureQueriesContext(connection) as three:
        ask(q="停水")
    assert len(three) == len(one)


def test_an_empty_answer_offers_only_what_finds_something(say, ask, cast):
    say("停水三天", channel="web")
    secret = say("举报停水密语", demand_type="report", channel="phone")
    assert secret.secrecy == "secret"
    shown = ask(q="停水 没有这个词", channel="web")
    assert "/desk/search/" in shown
    assert (
        "?q=%E5%81%9C%E6%B0%B4&amp;channel=web" in shown
    )  # the word that finds nothing is dropped
    shown = ask(q="停水", channel="visit")
    assert "不限“渠道”" in shown
    assert '<span class="n">2 件' in shown
    assert '<span class="n">1 件' in ask(cast.operator, q="停水", channel="visit")
    assert 'class="ways"' not in ask(cast.operator, q="密语", channel="visit")
    both = ask(q="停水 没有这个词", channel="visit", overdue="yes")
    assert "不限“渠道”" not in both
    assert "去掉全部筛选 ·" in both


def test_filters_in_use_are_taken_off_one_by_one(say, ask):
    say("停水")
    shown = ask(q="停水", channel="web", state="submitted", since="2026-11-01")
    for left in (
        "?q=%E5%81%9C%E6%B0%B4&amp;channel=web&amp;since=2026-11-01",
        "?q=%E5%81%9C%E6%B0%B4&amp;state=submitted&amp;since=2026-11-01",
        "?q=%E5%81%9C%E6%B0%B4&amp;state=submitted&amp;channel=web",
    ):
        assert f'href="{left}"' in shown


@pytest.mark.parametrize(
    ("partial", "sentence"), [(True, "只查找了标题和单号"), (False, "搜索服务器暂时")]
)
def test_another_engine_answering_is_said(say, ask, monkeypatch, partial, sentence):
    from dataclasses import replace

    from hotline.desk.search import views

    say("停水")
    real = views.find
    monkeypatch.setattr(
        views, "find", lambda *a, **k: replace(real(*a, **k), degraded=True, partial=partial)
    )
    assert sentence in ask(q="停水")


def test_the_help_tells_each_what_they_can_ask(client, cast):
    client.force_login(cast.dispatcher)
    office = client.get("/desk/search/").content.decode()
    client.force_login(cast.clerk)
    unit = client.get("/desk/search/").content.decode()
    for page in (office, unit):
        assert "井盖|护栏" in page
        assert "任一个词即可" in page
    assert "电话:6217" in office
    assert "电话:6217" not in unit


@pytest.mark.parametrize("typed", ["停水", "停\u200b水", "\ufeff停水\u200e"])
@pytest.mark.parametrize("told", ["小区停水三天", "小区停\u2060水三天"])
def test_what_nobody_sees_hides_no_word(say, ask, typed, told):
    case = say(told)
    assert case.number in ask(q=typed)


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
@pytest.mark.parametrize("end", ["since", "until"])
def test_days_of_no_use_are_told_and_kept(ask, day, end):
    shown = ask(q="停水", **{end: day})
    assert f'value="{day}"' in shown
    assert "2000 年到 2099 年" in shown


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "2026-13"])
def test_months_of_no_use_are_dropped(say, ask, month):
    case = say("小区停水三天")
    assert case.number in ask(q="停水", month=month)
