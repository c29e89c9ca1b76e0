"""Saved searches and the word about new cases: whose, for whom, once, and with whose eyes."""

from datetime import timedelta

import pytest
from django.test import Client

from cases.models import Notice, Unit
from cases.outbox import drain
from search.models import SavedSearch, SeenMatch, Subscription
from search.question import Question
from search.telling import KIND, subscribe, tell_subscribers
from tests.cast import NOON, person

URL = "/desk/searches/"
HOUR = timedelta(hours=1)
CANARY = "金丝雀密语"


def browser(user):
    client = Client()
    client.force_login(user, backend="cases.signed_in.StaffBackend")
    return client


def saved(owner, words="停水", *, shared=False, **chosen):
    found = SavedSearch.objects.create(
        owner=owner, name=words, question=Question(words, chosen).as_json(), saved_at=NOON
    )
    if shared:
        found.share(owner, shared=True)
    return found


def told(user):
    return [one.payload["n"] for one in Notice.objects.filter(user=user, kind=KIND).order_by("pk")]


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


def test_news_is_told_once_and_at_most_once_an_hour(say, cast):
    say("停水旧事")
    one = saved(cast.dispatcher)
    subscribe(one, cast.dispatcher, "hour", at=NOON)
    assert tell_subscribers(NOON + HOUR) == 0  # what was there is known
    say("停水新事", at=NOON + HOUR)
    say("停水又一件", at=NOON + HOUR)
    say("路灯不亮", at=NOON + HOUR)
    assert tell_subscribers(NOON + HOUR + timedelta(minutes=10)) == 1
    assert told(cast.dispatcher) == [2]
    say("停水第三件", at=NOON + HOUR)
    assert tell_subscribers(NOON + HOUR + timedelta(minutes=30)) == 0  # not within the hour
    assert tell_subscribers(NOON + 3 * HOUR) == 1
    assert tell_subscribers(NOON + 3 * HOUR) == 0
    assert told(cast.dispatcher) == [2, 1]


def test_news_is_also_what_matches_only_now_or_was_registered_late(say, cast):
    """An older case that enters the question by its state, and one dated before the last look."""
    old = say("停水旧事", at=NOON - timedelta(days=3))
    one = saved(cast.dispatcher, state=("accepted",))
    subscribe(one, cast.dispatcher, "hour", at=NOON)
    old.accept(category=cast.leaks, by=cast.dispatcher, at=NOON + HOUR)
    late = say("停水补录", at=NOON - timedelta(days=9))
    late.accept(category=cast.leaks, by=cast.dispatcher, at=NOON + HOUR)
    drain(at=NOON + HOUR)
    assert tell_subscribers(NOON + 2 * HOUR) == 1
    assert told(cast.dispatcher) == [2]


def test_the_daily_word_comes_at_eight(say, cast):
    one = saved(cast.dispatcher)
    made = subscribe(one, cast.dispatcher, "day", at=NOON)
    say("停水新事")
    assert tell_subscribers(NOON + 19 * HOUR) == 0  # 7:00
    assert tell_subscribers(NOON + 20 * HOUR) == 1
    made.refresh_from_db()
    assert made.next_at == NOON + 44 * HOUR


def test_run_twice_at_once_it_tells_once(say, cast):
    """The second worker has read the row before the first has told."""
    from search.telling import look

    one = saved(cast.dispatcher)
    made = subscribe(one, cast.dispatcher, "hour", at=NOON)
    say("停水新事")
    stale = Subscription.objects.select_related("search", "user").get(pk=made.pk)
    assert look(Subscription.objects.get(pk=made.pk), at=NOON + HOUR)
    assert not look(stale, at=NOON + HOUR)
    assert told(cast.dispatcher) == [1]


def test_one_that_fails_does_not_stop_the_others(say, cast):
    broken = saved(cast.supervisor)
    subscribe(broken, cast.supervisor, "hour", at=NOON)
    SavedSearch.objects.filter(pk=broken.pk).update(question={"sort": "sideways"})
    subscribe(saved(cast.dispatcher), cast.dispatcher, "hour", at=NOON)
    say("停水新事")
    assert tell_subscribers(NOON + HOUR) == 1
    assert told(cast.dispatcher) == [1]


def test_who_lost_the_role_or_the_share_is_told_nothing(say, cast):
    one = saved(cast.supervisor, shared=True)
    subscribe(one, cast.dispatcher, "hour", at=NOON)
    subscribe(one, cast.operator, "hour", at=NOON)
    cast.dispatcher.role_rows.all().delete()
    one.share(cast.supervisor, shared=False)
    say("停水新事")
    assert tell_subscribers(NOON + HOUR) == 0
    assert not Notice.objects.filter(kind=KIND).exists()
    assert set(Subscription.objects.values_list("user", flat=True)) <= {cast.supervisor.pk}
    mine = saved(cast.dispatcher, "停水 新事")
    Subscription.objects.create(
        search=mine, user=cast.dispatcher, every="hour", known_from=NOON, next_at=NOON
    )
    assert tell_subscribers(NOON + HOUR) == 0


def test_a_notice_counts_only_what_the_subscriber_may_see(say, cast):
    one = saved(cast.dispatcher, CANARY, shared=True)
    subscribe(one, cast.operator, "hour", at=NOON)
    subscribe(one, cast.supervisor, "hour", at=NOON)
    say(f"举报{CANARY}", demand_type="report")
    assert tell_subscribers(NOON + HOUR) == 1
    assert (told(cast.operator), told(cast.supervisor)) == ([], [1])


def test_subscribing_and_ending_it_on_the_page(say, cast):
    one = saved(cast.dispatcher, shared=True)
    client = browser(cast.supervisor)
    assert client.post(f"{URL}{one.pk}/subscription/", {"every": "hour"}).status_code == 303
    assert Subscription.objects.get().user == cast.supervisor
    assert client.post(f"{URL}{one.pk}/subscription/", {"every": "day"}).status_code == 303
    assert Subscription.objects.get().every == "day"
    say("停水新事")
    Subscription.objects.update(next_at=NOON)
    assert tell_subscribers(NOON + HOUR) == 1
    page = client.get("/desk/notices/").content.decode()
    assert "“停水”" in page
    assert f"{URL}{one.pk}/" in page
    assert client.post(f"{URL}{one.pk}/subscription/", {"every": ""}).status_code == 303
    assert not Subscription.objects.exists()
    assert not SeenMatch.objects.exists()


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
