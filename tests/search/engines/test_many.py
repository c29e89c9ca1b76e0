"""A large office: rare words are gathered, common ones looked for among the newest, counts may come later."""

from datetime import timedelta

import pytest
from django.db import connection

from search.asking.finding import find
from search.engines import guessing, paging
from search.engines.embedded import dialect
from search.engines.guessing import guess
from search.engines.port import CountsWanted, Sort
from search.words.query_language import parse
from tests.cast import NOON

pytestmark = pytest.mark.embedded_only
EVERY = 12


@pytest.fixture
def many(say, cast, monkeypatch):
    """Twelve cases of one word, two of them with another, in an office where that is very many."""
    monkeypatch.setattr(guessing, "FEW", 3)
    monkeypatch.setattr(guessing, "FEW_BY_CHANCE", 3)
    monkeypatch.setattr(guessing, "AT_ONCE", 3)
    cases = [
        say(
            f"路灯坏了{'，井盖也坏了' if i in {2, 7} else ''}",
            title=f"第{i}盏",
            at=NOON - timedelta(hours=EVERY - i),
        )
        for i in range(EVERY)
    ]
    dialect().settle()
    return cases


def looked(window, monkeypatch):
    monkeypatch.setattr(paging, "LOOKED_THROUGH", window)
    monkeypatch.setattr(paging, "LOOKED_THROUGH_EACH", 0)


def shown(result):
    return [hit.case.pk for hit in result.hits]


def ask(text, user, **more):
    return find(text, user, at=NOON, **more)


def test_what_stands_in_many_cases_is_told_from_what_stands_in_few(many, cast):
    def of(text):
        return guess(parse(text).terms, dialect())

    assert of("路灯").most >= EVERY
    assert not of("路灯").are_few
    assert of("井盖").most < EVERY
    assert of("路灯 井盖").likely <= of("井盖").most
    assert of("").most >= EVERY


@pytest.mark.parametrize("window", [1, 4, 8, 100])
@pytest.mark.parametrize("sort", list(Sort))
def test_pages_are_the_same_however_they_are_looked_for(many, cast, monkeypatch, window, sort):
    looked(window, monkeypatch)
    for text, expected in (
        ("路灯", many),
        ("路灯 井盖", [many[2], many[7]]),
        ("井盖", [many[2], many[7]]),
    ):
        pages, cursor = [], ""
        while True:
            result = ask(text, cast.dispatcher, sort=sort, cursor=cursor, size=5)
            pages += shown(result)
            assert result.total == len(expected)
            if not (cursor := result.next_cursor):
                break
        assert sorted(pages) == [case.pk for case in expected]
        if sort is Sort.NEWEST:
            assert pages == [case.pk for case in reversed(expected)]


def test_words_that_never_meet_are_found_nowhere(many, cast, monkeypatch, say):
    looked(2, monkeypatch)
    say("井水")
    assert ask("路灯 井水", cast.dispatcher).total == 0


def test_counts_come_later_only_where_they_take_long(many, cast):
    later = ask("路灯", cast.dispatcher, counts=CountsWanted.LATER, size=5)
    assert (later.is_counted, later.total, later.facets) == (False, 6, {})
    assert len(later.hits) == 5
    second = ask(
        "路灯", cast.dispatcher, counts=CountsWanted.LATER, size=5, cursor=later.next_cursor
    )
    assert (second.is_counted, second.total, second.first) == (False, 11, 6)
    now = ask("路灯", cast.dispatcher, size=5)
    assert (now.is_counted, now.total) == (True, EVERY)
    assert shown(now) == shown(later)
    few = ask("路灯 井盖", cast.dispatcher, counts=CountsWanted.LATER)
    assert (few.is_counted, few.total) == (True, 2)  # all fit on the page: known anyway
    assert few.facets["channel"]
    never = ask("井盖", cast.dispatcher, counts=CountsWanted.NEVER)
    assert (never.is_counted, never.total, never.facets) == (False, 2, {})


def test_what_is_not_seen_is_in_no_page_of_many(many, cast, monkeypatch):
    looked(4, monkeypatch)
    assert ask("路灯", cast.clerk, counts=CountsWanted.LATER).total == 0
    assert ask("", cast.clerk, counts=CountsWanted.LATER).total == 0


def test_the_page_shows_the_hits_first_and_asks_for_the_counts(many, cast, client, monkeypatch):

    client.force_login(cast.dispatcher)
    monkeypatch.setattr("hotline.desk.search.views.find", _small_pages(monkeypatch))
    page = client.get("/desk/search/", {"q": "路灯"}).content.decode()
    assert many[-1].number in page
    assert "counts=now" in page
    assert "channel=web" not in page
    whole = client.get("/desk/search/", {"q": "路灯", "counts": "now"}).content.decode()
    assert '<b class="n">12 件</b>' in whole
    assert "channel=web" in whole
    assert 'hx-trigger="load"' not in whole
    part = client.get(
        "/desk/search/", {"q": "路灯", "counts": "now"}, headers={"hx-request": "true"}
    ).content.decode()
    assert part.startswith('<span id="count"')
    assert "channel=web" in part
    assert part.count('hx-swap-oob="true"') == 2
    assert "stylesheet" not in part


def _small_pages(monkeypatch):
    return lambda *words, **more: find(*words, **{"size": 5} | more)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL's statistics")
def test_before_the_first_analysis_everything_is_gathered(say, cast, monkeypatch):
    monkeypatch.setattr(guessing, "FEW", 0)
    dialect()._kept.clear()
    say("停水")
    assert guess(parse("停水").terms, dialect()).are_few
