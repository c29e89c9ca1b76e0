"""Saved searches and the word about new cases: whose, for whom, once, and with whose eyes."""

from datetime import timedelta

import pytest
from django.test import Client

from cases.models import Unit
from search.asking.question import Question
from search.models import SavedSearch, Subscription
from search.saved.telling import tell_subscribers
from tests.cast import NOON, person

URL = "/desk/searches/"
HOUR = timedelta(hours=1)
CANARY = "金丝雀密语"


def browser(user):
    client = Client()
    client.force_login(user, backend="cases.people.signed_in.StaffBackend")
    return client


def saved(owner, words="停水", *, shared=False, **chosen):
    found = SavedSearch.objects.create(
        owner=owner, name=words, question=Question(words, chosen).as_json(), saved_at=NOON
    )
    if shared:
        found.share(owner, shared=True)
    return found


def test_a_question_is_saved_listed_opened_renamed_and_deleted(say, cast):
    case = say("停水三天")
    client = browser(cast.dispatcher)
    asked = {"q": "停水", "channel": ["web", "phone"], "since": "2026-11-01", "sort": "due"}
    answer = client.post(URL, {**asked, "name": "网上停水"})
    assert answer.status_code == 303
    one = SavedSearch.objects.get()
    assert one.asked == Question.from_json(one.question)
    assert one.question == {
        "words": "停水",
        "chosen": {"channel": ["web", "phone"]},
        "since": "2026-11-01",
        "sort": "due",
    }
    assert "网上停水" in client.get("/desk/search/").content.decode()
    opened = client.get(f"{URL}{one.pk}/", follow=True)
    assert "since=2026-11-01" in opened.redirect_chain[0][0]
    assert case.number in opened.content.decode()
    client.post(f"{URL}{one.pk}/changes/", {"name": "停水（网上）"})
    assert "停水（网上）" in client.get(URL).content.decode()
    assert client.post(f"{URL}{one.pk}/deletion/").status_code == 303
    assert not SavedSearch.objects.exists()


def test_mistakes_are_told_and_nothing_is_lost(say, cast):
    client = browser(cast.dispatcher)
    saved(cast.dispatcher)
    answer = client.post(URL, {"q": "停水", "name": "停水"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "换一个名称" in shown
    assert 'name="q" value="停水"' in shown
    assert client.post(URL, {"q": "停水", "name": ""}).status_code == 422
    assert client.post(URL, {"name": "空"}).status_code == 422
    assert SavedSearch.objects.count() == 1
    other = saved(cast.dispatcher, "路灯")
    assert client.post(f"{URL}{other.pk}/changes/", {"name": "停水"}).status_code == 422


def test_sharing_stays_in_the_office_or_in_the_very_unit(cast):
    of_office = saved(cast.dispatcher, "办公室", shared=True)
    of_unit = saved(cast.clerk, "住建", shared=True)
    private = saved(cast.dispatcher, "自己")
    open_to = SavedSearch.objects.open_to
    assert set(open_to(cast.supervisor)) == {of_office}
    assert set(open_to(cast.dispatcher)) == {of_office, private}
    assert set(open_to(cast.leader)) == {of_unit}
    assert set(open_to(cast.other_clerk)) == set()
    assert set(open_to(cast.sysadmin)) == set()
    section = Unit.objects.create(
        code="sub", name="路灯所", short_name="路灯所", kind="section", parent=cast.housing
    )
    assert set(open_to(person("below", "小方", section, "clerk"))) == set()


def test_only_the_owner_changes_it(cast):
    one = saved(cast.dispatcher, shared=True)
    client = browser(cast.supervisor)
    for act, data in (("changes", {"name": "我的"}), ("deletion", {})):
        assert client.post(f"{URL}{one.pk}/{act}/", data).status_code == 404
    assert client.get(f"{URL}{one.pk}/").status_code == 302
    stranger = browser(cast.other_clerk)
    assert stranger.get(f"{URL}{one.pk}/").status_code == 404
    assert stranger.post(f"{URL}{one.pk}/subscription/", {"every": "hour"}).status_code == 404


def test_a_shared_search_shows_each_person_what_they_may_see(say, cast):
    """A secret report is told to the dispatcher, not to the operator, by the same saved search."""
    case = say(f"举报{CANARY}", demand_type="report")
    assert case.secrecy == "secret"
    one = saved(cast.dispatcher, CANARY, shared=True)
    page = browser(cast.dispatcher).get(f"{URL}{one.pk}/", follow=True).content.decode()
    assert case.number in page
    page = browser(cast.operator).get(f"{URL}{one.pk}/", follow=True).content.decode()
    assert case.number not in page
    assert 'role="status">1 件' not in page


def test_subscribing_and_ending_it_on_the_page(say, cast):
    one = saved(cast.dispatcher, shared=True)
    client = browser(cast.supervisor)
    assert client.post(f"{URL}{one.pk}/subscription/", {"every": "hour"}).status_code == 303
    assert Subscription.objects.get().user == cast.supervisor
    assert client.post(f"{URL}{one.pk}/subscription/", {"every": "day"}).status_code == 303
    assert Subscription.objects.get().every == "day"
    assert "一分钟内首次查看" in client.get(URL).content.decode()
    Subscription.objects.update(next_at=NOON)
    assert tell_subscribers(NOON) == 0
    assert "最近查看" in client.get(URL).content.decode()
    say("停水新事")
    Subscription.objects.update(next_at=NOON)
    assert tell_subscribers(NOON + HOUR) == 1
    page = client.get("/desk/notices/").content.decode()
    assert "“停水”" in page
    assert f"{URL}{one.pk}/" in page
    assert client.post(f"{URL}{one.pk}/subscription/", {"every": ""}).status_code == 303
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("url", [URL, "/desk/search/"])
def test_three_saved_searches_cost_no_more_queries_than_one(cast, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browser(cast.supervisor)
    saved(cast.dispatcher, "一", shared=True)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    saved(cast.dispatcher, "二", shared=True)
    saved(cast.supervisor, "三")
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(three) == len(one)
