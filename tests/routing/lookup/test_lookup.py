"""The catalogue page: found, faults shown, a text tried."""

import pytest
from django.urls import reverse

from tests.routing.folk import entry, rule

PAGE = "routing:catalogue"


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.dispatcher)
    return client


def test_entries_are_found_by_matter_word_unit_and_law(desk, cast):
    entry(cast)
    entry(cast, number="0999", matter="停水", keywords="没水", category=cast.leaks, lead="water")
    for query in ("路灯", "不亮", "县住建局", "照明管理", "0701"):
        page = desk.get(reverse(PAGE), {"q": query})
        assert "0701" in [one.row.number for one in page.context["rows"]], query
    assert [one.row.number for one in desk.get(reverse(PAGE), {"q": "没水"}).context["rows"]] == [
        "0999"
    ]
    assert "没有找到相符的" in desk.get(reverse(PAGE), {"q": "龙卷风"}).content.decode()


def test_a_faulty_rule_is_shown_with_its_fault(desk, cast):
    rule(hours="夜里")
    text = desk.get(reverse(PAGE), {"show": "rules"}).content.decode()
    assert "时段“夜里”读不懂" in text


def test_a_tried_text_says_which_rule_fires_and_why(desk, cast):
    entry(cast)
    rule()
    rule(order=20, name="后一条", words="喷水 爆管")
    page = desk.post(
        reverse(PAGE), {"text": "水管爆管，路灯不亮", "category": "0701", "clock": "23:10"}
    )
    trial = page.context["trial"]
    assert trial.fired.rule.order == 10
    assert [one.order for one in trial.passed] == [20]
    assert [one.unit for one in trial.suggestions] == [cast.water, cast.housing]
    assert "规则 10：爆管由自来水公司抢修。（提到“爆管”）" in page.content.decode()


def test_the_hour_tried_counts(desk, cast):
    rule(hours="20:00-06:00")
    fired = {
        clock: desk.post(reverse(PAGE), {"text": "爆管", "clock": clock}).context["trial"].fired
        for clock in ("23:10", "12:00")
    }
    assert fired["23:10"] is not None
    assert fired["12:00"] is None


def test_an_empty_or_unreadable_try_is_said_and_kept(desk, cast):
    page = desk.post(reverse(PAGE), {"text": "", "category": "天上"})
    text = page.content.decode()
    assert page.context["trial"] is None
    assert "请填写诉求内容" in text
    assert 'value="天上"' in text


@pytest.mark.parametrize(("name", "status"), [("sysadmin", 200), ("clerk", 404), ("agent", 404)])
def test_who_may_look(client, cast, name, status):
    client.force_login(getattr(cast, name))
    assert client.get(reverse(PAGE)).status_code == status
