"""Life without the search server: the database answers, duties wait, everybody is told."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.events.outbox import AWAY_PAUSE, MAX_ATTEMPTS, drain, forget_absences
from cases.models import Case, Duty
from cases.system.pulse import beat
from search.asking.finding import find
from search.engines.absence import NO_INDEX
from search.engines.chosen import EMBEDDED, elastic, engine, health
from search.engines.elastic.indices import IndexingFailed
from search.engines.elastic.server import PAUSE_SECONDS
from search.engines.port import EngineAway, Sort
from search.indexing.upkeep import SERVER, refresh
from tests.cast import NOON, wang_says

pytestmark = [pytest.mark.elastic_only, pytest.mark.services]
NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens


def waiting():
    return Duty.objects.filter(consumer=SERVER)


@pytest.fixture
def away(settings):
    """The server is away: the address leads nowhere."""
    settings.ELASTICSEARCH_URLS = [NOBODY]
    elastic().server._not_before = 0.0
    return elastic()


def test_pages_go_on_when_the_server_goes_away_between_them(say, cast, away, settings, monkeypatch):
    from search.engines import port
    from tests.search.conftest import SERVER as ADDRESS

    monkeypatch.setattr(
        port.Query.__init__, "__defaults__", (*port.Query.__init__.__defaults__[:-1], 2)
    )
    settings.ELASTICSEARCH_URLS = [ADDRESS]
    numbers = [say(f"停水{n}").number for n in range(4)]
    for sort in (Sort.NEWEST, Sort.DUE):
        settings.ELASTICSEARCH_URLS = [ADDRESS]
        first = find("停水", cast.dispatcher, at=NOON, sort=sort)
        settings.ELASTICSEARCH_URLS = [NOBODY]
        second = find("停水", cast.dispatcher, at=NOON, sort=sort, cursor=first.next_cursor)
        assert (first.degraded, second.degraded) == (False, True)
        assert {hit.case.number for hit in (*first.hits, *second.hits)} == set(numbers)


def test_by_relevance_the_other_engine_begins_anew_and_says_so(say, cast, away, settings):
    from tests.search.conftest import SERVER as ADDRESS

    settings.ELASTICSEARCH_URLS = [ADDRESS]
    numbers = {say(f"停水{n}").number for n in range(4)}
    asked = {"at": NOON, "sort": Sort.RELEVANCE, "size": 2}
    first = find("停水", cast.dispatcher, **asked)
    settings.ELASTICSEARCH_URLS = [NOBODY]
    again = find("停水", cast.dispatcher, cursor=first.next_cursor, **asked)
    assert (again.first, again.restarted, again.degraded) == (1, True, True)
    rest = find("停水", cast.dispatcher, cursor=again.next_cursor, **asked)
    assert (rest.first, rest.restarted, rest.next_cursor) == (3, False, "")
    assert {hit.case.number for hit in (*again.hits, *rest.hits)} == numbers


def test_without_the_server_the_database_answers_in_full_and_says_so(say, cast, away):
    case = say("停水的内容", title="别的题目")
    result = find("停水", cast.dispatcher, at=NOON)
    assert (result.degraded, result.partial, result.total) == (True, False, 1)
    assert [hit.case for hit in result.hits] == [case]
    assert result.facets["channel"][0].count == 1
    assert find("停水", cast.clerk, at=NOON).total == 0
    assert (
        engine().similar("停水的内容", Case.objects.visible_to(cast.dispatcher))[0].case_id
        == case.pk
    )


def test_subscribers_are_told_while_the_server_is_away(say, cast, away):
    from cases.models import Notice
    from search.asking.question import Question
    from search.models import SavedSearch
    from search.saved.telling import KIND, subscribe, tell_subscribers

    one = SavedSearch.objects.create(
        owner=cast.dispatcher, name="停水", question=Question("停水").as_json(), saved_at=NOON
    )
    subscribe(one, cast.dispatcher, "hour", at=NOON)
    assert tell_subscribers(NOON) == 0
    say("停水新事")
    assert tell_subscribers(NOON + timedelta(hours=1)) == 1
    assert Notice.objects.get(kind=KIND).payload["n"] == 1


def test_a_dead_server_is_asked_once_in_a_while_only(away, monkeypatch):
    asked = []

    def act(client):
        asked.append(1)
        return client.search(index="x")

    for _ in range(3):
        with pytest.raises(EngineAway):
            away.server.ask(act)
    assert len(asked) == 1
    away.server._not_before -= PAUSE_SECONDS
    with pytest.raises(EngineAway):
        away.server.ask(act)
    assert len(asked) == 2


def test_duties_wait_for_the_server_and_are_never_parked(say, cast, away, settings, found):
    from tests.search.conftest import SERVER as ADDRESS

    cases = [wang_says(cast, key=f"k{n}", content=f"停水{n}", title="停水") for n in range(3)]
    at = NOON
    for _ in range(MAX_ATTEMPTS * 3):
        drain(at)
        drain(at + timedelta(seconds=1))  # left alone for a while
        at += AWAY_PAUSE
    assert waiting().count() == 3
    assert not waiting().filter(parked=True).exists()
    assert set(waiting().values_list("attempts", "leased_until")) == {(0, None)}
    assert "search server" in waiting().first().error
    assert not Duty.objects.exclude(consumer=SERVER).exists()  # everybody else was served
    settings.ELASTICSEARCH_URLS = [ADDRESS]
    forget_absences()
    drain(at)
    assert not Duty.objects.exists()
    assert set(found("停水")) == {case.number for case in cases}


def test_what_is_indexed_again_while_the_server_is_away_is_owed_to_it(
    say, cast, away, settings, found
):
    from tests.search.conftest import SERVER as ADDRESS

    case = say("停水", title="停水")
    waiting().delete()
    Case.objects.filter(pk=case.pk).update(title="断电")  # as when a name in it changed
    assert refresh([case.pk]) == 1
    assert waiting().get().case_id == case.pk
    with pytest.raises(EngineAway):
        refresh([case.pk], elastic())
    settings.ELASTICSEARCH_URLS = [ADDRESS]
    forget_absences()
    drain(timezone.now())
    assert found("断电") == [case.number]


def test_a_refused_document_is_tried_again_and_parked_while_the_rest_is_served(
    say, cast, found, monkeypatch
):
    from search.indexing import upkeep

    good = [wang_says(cast, key=f"k{n}", content="停水", title="停水") for n in range(3)]
    bad = good.pop(1)
    real = upkeep.refresh

    def refusing(ids, only=None):
        if only is not EMBEDDED and bad.pk in ids:
            raise IndexingFailed("1 refused")
        return real(ids, only)

    monkeypatch.setattr(upkeep, "refresh", refusing)
    at = NOON
    for _ in range(MAX_ATTEMPTS):
        drain(at)
        at += timedelta(hours=2)
    assert set(found("停水")) == {case.number for case in good}
    left = waiting().get()
    assert (left.case_id, left.parked, left.error) == (bad.pk, True, "IndexingFailed: 1 refused")


def test_nothing_is_owed_to_a_server_that_is_not_set(say, cast, settings):
    wang_says(cast, key="with")
    assert waiting().count() == 1
    settings.ELASTICSEARCH_URLS = []
    wang_says(cast, key="without")
    assert waiting().count() == 1
    drain(NOON)
    assert not Duty.objects.exists()  # what was owed to it is dropped


def test_health_tells_both_engines(say, settings, client, monkeypatch):
    say("停水")
    beat("outbox", timezone.now())
    told = health()
    assert told["status"] == "ok"
    assert told["engines"]["elasticsearch"] == {"status": "ok", "waiting": 0}
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["search_elasticsearch"]) == (200, "ok")

    settings.ELASTICSEARCH_PREFIX = "nobody-made-it"
    told = health()["engines"]["elasticsearch"]
    assert (told["status"], told["reason"]) == ("degraded", NO_INDEX)

    settings.ELASTICSEARCH_URLS = [NOBODY]
    assert health()["status"] == "degraded"
    answer = client.get("/health/")
    body = answer.json()
    assert (answer.status_code, body["status"]) == (200, "degraded")
    assert (body["search_elasticsearch"], body["search_embedded"]) == ("degraded", "ok")

    monkeypatch.setattr(type(EMBEDDED), "health", lambda _self: {"status": "broken"})
    assert client.get("/health/").status_code == 503


def test_without_its_alias_nothing_is_written_and_duties_wait(say, cast, settings):
    settings.ELASTICSEARCH_PREFIX = "nobody-made-it"
    case = wang_says(cast, content="停水", title="停水")
    drain(NOON)
    assert waiting().get().case_id == case.pk
    assert (
        elastic().indices.behind("nobody-made-it-cases") == {}
    )  # no index of the server's own making
    with pytest.raises(CommandError, match="run rebuild_index"):
        call_command("check_index")
