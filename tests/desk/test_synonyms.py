"""The page of the synonym sets: add, change, retire, restore; mistakes keep what was typed."""

import pytest
from django.urls import reverse

from search.asking.synonyms import groups, keep_set
from search.models import SynonymChange, SynonymSet
from tests.cast import NOON


@pytest.fixture
def page(client, cast):
    client.force_login(cast.dispatcher)
    return client


@pytest.fixture
def outage(cast):
    return keep_set(None, text="停水\n断水", note="供水", by=cast.sysadmin, at=NOON)


def test_a_set_is_added_changed_retired_and_restored(page, cast):
    done = page.post(reverse("desk:synonym_sets"), {"words": "停水，斷水", "note": "供水"})
    one = SynonymSet.objects.get()
    assert (done.status_code, done.url) == (303, reverse("desk:synonym_set", args=[one.pk]))
    shown = page.get(done.url).content.decode()
    assert "停水 · 斷水" in shown
    assert cast.dispatcher.name in shown
    page.post(
        reverse("desk:synonym_changes", args=[one.pk]),
        {"words": "停水\n没水", "note": "", "revision": 1},
    )
    assert set(groups()) == {"停水", "没水"}
    page.post(reverse("desk:synonym_retirement", args=[one.pk]), {"revision": 2})
    assert groups() == {}
    assert "恢复使用" in page.get(done.url).content.decode()
    page.post(reverse("desk:synonym_restoration", args=[one.pk]), {"revision": 3})
    assert set(groups()) == {"停水", "没水"}
    acts = list(SynonymChange.objects.order_by("pk").values_list("act", "by"))
    who = cast.dispatcher.pk
    assert acts == [("added", who), ("changed", who), ("retired", who), ("restored", who)]
    assert page.get(done.url).content.decode().count("<b>") >= 4


@pytest.mark.parametrize(
    "words", ["", "一个词", "停\n水水", "断水\n没水", "<script>alert(1)</script>\n" + "长" * 30]
)
def test_a_mistake_is_told_and_what_was_typed_stays(page, outage, words):
    answer = page.post(reverse("desk:synonym_sets"), {"words": words, "note": "我的说明"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in shown
    assert "我的说明" in shown
    assert "<script>alert" not in shown
    assert all(word.replace("<", "&lt;").replace(">", "&gt;") in shown for word in words.split())
    assert SynonymSet.objects.count() == 1


def test_restoring_a_word_that_is_taken_says_where(page, cast, outage):
    page.post(reverse("desk:synonym_retirement", args=[outage.pk]), {"revision": 1})
    keep_set(None, text="断水\n缺水", note="", by=cast.sysadmin, at=NOON)
    answer = page.post(reverse("desk:synonym_restoration", args=[outage.pk]), {"revision": 2})
    assert answer.status_code == 422
    assert "断水 · 缺水" in answer.content.decode()


def test_who_was_second_is_told_so(page, outage):
    url = reverse("desk:synonym_changes", args=[outage.pk])
    assert page.post(url, {"words": "停水\n没水", "revision": 1}).status_code == 303
    assert page.post(url, {"words": "停水\n缺水", "revision": 1}).status_code == 409
    retirement = reverse("desk:synonym_retirement", args=[outage.pk])
    for revision in ("", "x", "1", "9" * 40):
        assert page.post(retirement, {"revision": revision}).status_code == 409
    assert set(groups()) == {"停水", "没水"}


def test_sets_are_looked_up_by_a_word_however_written(page, cast, outage):
    keep_set(None, text="路灯\n街灯", note="", by=cast.sysadmin, at=NOON)
    shown = page.get(reverse("desk:synonyms"), {"q": "斷水"}).content.decode()
    assert "停水 · 断水</a>" in shown
    assert "路灯 · 街灯</a>" not in shown
    assert "没有一组" in page.get(reverse("desk:synonyms"), {"q": "火星"}).content.decode()


@pytest.mark.parametrize("who", ["operator", "reviewer", "clerk", "leader", "auditor"])
def test_others_do_not_find_the_page(client, cast, outage, who):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("desk:synonyms")).status_code == 404
    assert client.post(reverse("desk:synonym_sets"), {"words": "甲乙\n丙丁"}).status_code == 404
    assert SynonymSet.objects.count() == 1


def test_a_long_list_costs_no_more_queries(page, cast, outage):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page.get(reverse("desk:synonyms"))
    with CaptureQueriesContext(connection) as one:
        page.get(reverse("desk:synonyms"))
    for n in range(10, 20):
        keep_set(None, text=f"词语{n}\n字词{n}", note="", by=cast.sysadmin, at=NOON)
    with CaptureQueriesContext(connection) as many:
        page.get(reverse("desk:synonyms"))
    assert len(many) == len(one)
