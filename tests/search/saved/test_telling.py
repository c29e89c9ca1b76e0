"""The word about new cases: what is news, for whom, once, and nothing lost when the search fails."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from cases.events.outbox import drain
from cases.models import Notice
from search.asking.question import Question
from search.engines.chosen import EMBEDDED
from search.models import IndexedCase, SavedSearch, Subscription
from search.saved.news import OVERLAP
from search.saved.telling import DELAYED, KIND, look, subscribe, tell_subscribers
from tests.cast import NOON
from tests.search.exported import browser

URL = "/desk/searches/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CANARY = "金丝雀密语"


def saved(owner, words="停水", *, shared=False, **chosen):
    found = SavedSearch.objects.create(
        owner=owner, name=words, question=Question(words, chosen).as_json(), saved_at=NOON
    )
    if shared:
        found.share(owner, shared=True)
    return found


def told(user, kind=KIND):
    rows = Notice.objects.filter(user=user, kind=kind).order_by("pk")
    return [one.payload.get("n") for one in rows]


def subscribed(search, user, every="hour", at=NOON):
    """Subscribe, and have the first look find out what is known."""
    made = subscribe(search, user, every, at=at)
    assert look(Subscription.objects.get(pk=made.pk), at=at) is False
    return Subscription.objects.get(pk=made.pk)


@pytest.fixture
def broken(monkeypatch):
    """The index in the database fails while this is called with ``True``."""
    real = EMBEDDED.matching

    def matching(*asked):
        raise DatabaseError("gone")

    def become(*, fails):
        monkeypatch.setattr(EMBEDDED, "matching", matching if fails else real)

    return become


def test_news_is_told_once_and_at_most_once_an_hour(say, cast):
    say("停水旧事")
    one = saved(cast.dispatcher)
    subscribed(one, cast.dispatcher)
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
    subscribed(one, cast.dispatcher)
    old.accept(category=cast.leaks, by=cast.dispatcher, at=NOON + HOUR)
    late = say("停水补录", at=NOON - timedelta(days=9))
    late.accept(category=cast.leaks, by=cast.dispatcher, at=NOON + HOUR)
    drain(at=NOON + HOUR)
    assert tell_subscribers(NOON + 2 * HOUR) == 1
    assert told(cast.dispatcher) == [2]


def test_the_daily_word_comes_at_eight(say, cast):
    one = saved(cast.dispatcher)
    made = subscribed(one, cast.dispatcher, "day")
    say("停水新事")
    assert tell_subscribers(NOON + 19 * HOUR) == 0  # 7:00
    assert tell_subscribers(NOON + 20 * HOUR) == 1
    made.refresh_from_db()
    assert made.next_at == NOON + 44 * HOUR


def test_run_twice_at_once_it_tells_once(say, cast):
    """The second worker has read the row before the first has told."""
    one = saved(cast.dispatcher)
    made = subscribed(one, cast.dispatcher)
    say("停水新事")
    stale = Subscription.objects.select_related("search", "user").get(pk=made.pk)
    assert look(Subscription.objects.get(pk=made.pk), at=NOON + HOUR)
    assert not look(stale, at=NOON + HOUR)
    assert told(cast.dispatcher) == [1]


def test_one_that_fails_does_not_stop_the_others(say, cast):
    broken = saved(cast.supervisor)
    subscribed(broken, cast.supervisor)
    SavedSearch.objects.filter(pk=broken.pk).update(question={"sort": "sideways"})
    subscribed(saved(cast.dispatcher), cast.dispatcher)
    say("停水新事")
    assert tell_subscribers(NOON + HOUR) == 1
    assert told(cast.dispatcher) == [1]


def test_who_lost_the_role_or_the_share_is_told_nothing(say, cast):
    one = saved(cast.supervisor, shared=True)
    subscribed(one, cast.dispatcher)
    subscribed(one, cast.operator)
    cast.dispatcher.role_rows.all().delete()
    one.share(cast.supervisor, shared=False)
    say("停水新事")
    assert tell_subscribers(NOON + HOUR) == 0
    assert not Notice.objects.filter(kind=KIND).exists()
    assert set(Subscription.objects.values_list("user", flat=True)) <= {cast.supervisor.pk}
    mine = saved(cast.dispatcher, "停水 新事")
    Subscription.objects.create(
        search=mine, user=cast.dispatcher, every="hour", indexed=NOON, next_at=NOON
    )
    assert tell_subscribers(NOON + HOUR) == 0


def test_a_notice_counts_only_what_the_subscriber_may_see(say, cast):
    one = saved(cast.dispatcher, CANARY, shared=True)
    subscribed(one, cast.operator)
    subscribed(one, cast.supervisor)
    say(f"举报{CANARY}", demand_type="report")
    assert tell_subscribers(NOON + HOUR) == 1
    assert (told(cast.operator), told(cast.supervisor)) == ([], [1])


def test_a_case_is_told_once_however_often_it_changes(say, cast):
    one = saved(cast.dispatcher)
    subscribed(one, cast.dispatcher)
    case = say("停水新事")
    assert tell_subscribers(NOON + HOUR) == 1
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON + HOUR)
    case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON + HOUR)
    drain(at=NOON + 2 * HOUR)
    assert tell_subscribers(NOON + 3 * HOUR) == 0
    assert told(cast.dispatcher) == [1]


def test_what_comes_before_the_first_look_is_not_lost(say, cast):
    known = say("停水旧事")
    one = saved(cast.dispatcher)
    subscribe(one, cast.dispatcher, "hour", at=NOON)
    say("停水新事")
    assert tell_subscribers(NOON + HOUR) == 0  # finds out what was there
    assert tell_subscribers(NOON + 2 * HOUR) == 1
    assert told(cast.dispatcher) == [1]
    known.accept(category=cast.leaks, by=cast.dispatcher, at=NOON + HOUR)
    drain(at=NOON + 3 * HOUR)
    assert tell_subscribers(NOON + 4 * HOUR) == 0


def test_a_case_whose_indexing_commits_late_is_not_skipped(say, cast):
    made = subscribed(saved(cast.dispatcher), cast.dispatcher)
    assert tell_subscribers(NOON + HOUR) == 0  # the mark moves
    case = say("停水新事")
    made.refresh_from_db()
    late = made.indexed - OVERLAP / 2
    IndexedCase.objects.filter(pk=case.pk).update(indexed_at=late)
    assert tell_subscribers(NOON + 2 * HOUR) == 1


def test_a_rebuilt_index_is_no_news(say, cast):
    say("停水旧事")
    subscribed(saved(cast.dispatcher), cast.dispatcher)
    call_command("rebuild_index", verbosity=0)
    assert tell_subscribers(NOON + HOUR) == 0
    assert told(cast.dispatcher) == []


def test_a_look_that_fails_loses_nothing_and_after_a_day_it_is_told_once(say, cast, broken):
    made = subscribed(saved(cast.dispatcher), cast.dispatcher)
    say("停水新事")
    before = Subscription.objects.values("indexed", "known", "looked_at").get()
    broken(fails=True)
    at = NOON + HOUR
    for _ in range(3):
        assert tell_subscribers(at) == 0
        at += timedelta(minutes=10)
    assert Subscription.objects.values("indexed", "known", "looked_at").get() == before
    assert told(cast.dispatcher, DELAYED) == []
    page = browser(cast.dispatcher).get(URL).content.decode()
    assert "等待搜索恢复" in page
    assert "最近查看" in page
    for hours in (26, 30, 60):
        tell_subscribers(NOON + hours * HOUR)
    assert told(cast.dispatcher, DELAYED) == [None]
    assert "不会遗漏" in browser(cast.dispatcher).get("/desk/notices/").content.decode()
    broken(fails=False)
    assert tell_subscribers(NOON + 61 * HOUR) == 1
    assert told(cast.dispatcher) == [1]
    made.refresh_from_db()
    assert (made.failing_since, made.is_delay_told) == (None, False)


def test_another_unit_brings_no_news_but_what_changes_there_is(say, cast):
    """A clerk moves to the water company: its old cases are known, its next one is told."""

    def at_water(content):
        case = say(content)
        case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
        case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON)
        drain(at=NOON + HOUR)
        return case

    old = at_water("停水旧事")
    mine = saved(cast.clerk)
    subscribed(mine, cast.clerk)
    assert tell_subscribers(NOON + HOUR) == 0
    type(cast.clerk).objects.filter(pk=cast.clerk.pk).update(unit=cast.water)
    assert tell_subscribers(NOON + 2 * HOUR) == 0
    at_water("停水新事")
    assert tell_subscribers(NOON + 3 * HOUR) == 1
    old.lead().sign(by=cast.other_clerk, at=NOON + HOUR)
    drain(at=NOON + 3 * HOUR)
    assert tell_subscribers(NOON + 5 * HOUR) == 0
    assert told(cast.clerk) == [1]


def test_what_becomes_overdue_by_the_clock_is_news(say, cast):
    case = say("停水")
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON)
    drain(at=NOON)
    IndexedCase.objects.update(indexed_at=NOON - 9 * DAY)  # nothing of it changes any more
    subscribed(saved(cast.supervisor, overdue=("yes",)), cast.supervisor)
    due = case.lead().due_at
    assert tell_subscribers(due - timedelta(minutes=11)) == 0
    assert tell_subscribers(due + HOUR) == 1
    assert tell_subscribers(due + 3 * HOUR) == 0


def test_a_day_that_moves_brings_the_cases_of_the_new_one(say, cast):
    case = say("停水", at=NOON)
    IndexedCase.objects.filter(pk=case.pk).update(indexed_at=NOON - 9 * DAY)
    subscribed(saved(cast.dispatcher, "停水 日期:昨天"), cast.dispatcher)
    assert tell_subscribers(NOON + HOUR) == 0
    assert tell_subscribers(NOON + DAY) == 1
    assert tell_subscribers(NOON + 2 * DAY) == 0
    assert told(cast.dispatcher) == [1]


def test_letters_stand_for_names_only_where_no_text_has_them(say, cast):
    """As in the search itself: ``find`` takes letters for initials when they stand in no text."""
    from search.asking.finding import find, matches
    from search.engines.port import Filters

    for content in ("路灯zls坏了", "zhongliangsuo"):
        say(content)
    for words in ("zls", "xzjj", "停水", "-停水"):
        found = find(words, cast.dispatcher, at=NOON)
        ids = {hit.case.pk for hit in found.hits}
        assert matches(words, cast.dispatcher, at=NOON, filters=Filters()) == ids, words


def test_a_look_costs_the_same_for_one_and_for_three_matches(say, cast, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made = subscribed(saved(cast.dispatcher), cast.dispatcher)
    say("停水一")
    with CaptureQueriesContext(connection) as one:
        assert look(made, at=NOON + HOUR)
    say("停水二")
    say("停水三")
    say("停水四")
    made = Subscription.objects.get(pk=made.pk)
    with django_assert_num_queries(len(one)):
        assert look(made, at=NOON + 3 * HOUR)
    assert told(cast.dispatcher) == [1, 3]
