"""By relevance: how many take part is told by the engine, and each engine's pages are its own."""

import pytest

from search.asking.finding import find
from search.engines import paging
from search.engines.elastic import answering, asking
from search.engines.port import Sort
from tests.cast import NOON

URL = "/desk/search/"


@pytest.fixture
def three(say):
    return [say(f"停水第{word}次") for word in "一二三"]


def ranked(cast, **asked):
    return find("停水", cast.dispatcher, at=NOON, sort=Sort.RELEVANCE, **asked)


@pytest.mark.embedded_only
def test_only_the_newest_are_ranked_and_that_is_said(three, cast, client, monkeypatch):
    result = ranked(cast)
    assert (result.total, result.ranked, result.reach) == (3, None, None)
    monkeypatch.setattr(paging, "RANKED", 2)
    result = ranked(cast)
    assert (result.total, result.ranked, result.reach) == (3, 2, None)
    assert {hit.case for hit in result.hits} == set(three[1:])
    client.force_login(cast.dispatcher)
    asked = {"q": "停水", "sort": "relevance"}
    assert "只对最新的 2 件排序" in client.get(URL, asked).content.decode()
    assert "只对最新的" not in client.get(URL, asked | {"sort": "newest"}).content.decode()
    assert find("停水", cast.dispatcher, at=NOON).ranked is None


@pytest.mark.elastic_only
@pytest.mark.services
def test_the_server_ranks_all_and_pages_through_the_best(three, cast, client, monkeypatch):
    for module in (asking, answering):
        monkeypatch.setattr(module, "REACH", 2)
    page = ranked(cast, size=1)
    assert (page.total, page.ranked, page.reach) == (3, None, 2)
    page = ranked(cast, size=1, cursor=page.next_cursor)
    assert (page.first, page.next_cursor) == (2, "")
    client.force_login(cast.dispatcher)
    shown = client.get(URL, {"q": "停水", "sort": "relevance"}).content.decode()
    assert "只能翻看最相关的 2 件" in shown


@pytest.mark.parametrize("cursor", ["2_another", "2_0_0", f"{'9' * 5000}_x", "x", "-1_embedded"])
def test_a_cursor_of_another_order_begins_anew_and_says_so(three, cast, client, cursor):
    result = ranked(cast, cursor=cursor, size=2)
    assert (result.first, len(result.hits)) == (1, 2)
    if cursor != "-1_embedded":
        assert result.restarted
        client.force_login(cast.dispatcher)
        asked = {"q": "停水", "sort": "relevance", "after": cursor}
        assert "从第一页" in client.get(URL, asked).content.decode()


def test_a_cursor_beyond_everything_is_answered(three, cast, searched_by):
    for place in ("999999999", "9" * 5000):
        result = ranked(cast, cursor=f"{place}_{searched_by}")
        assert result.total == 3
