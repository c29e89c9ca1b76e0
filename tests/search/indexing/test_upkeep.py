"""The index in the database follows the cases, never goes back, and can be put right."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from search.asking.finding import find
from search.engines import embedded
from search.engines.chosen import EMBEDDED, health
from search.engines.documents import documents
from search.engines.embedded import EmbeddedEngine, dialect
from search.models import IndexedCase
from tests.cast import NOON, wang_says


@pytest.mark.embedded_only
def test_an_older_version_never_replaces_a_newer(say, found, cast):
    case = say("停水第一版")
    old = documents([case.pk])[0]
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    assert EMBEDDED.index(documents([case.pk])) == 1
    assert EMBEDDED.index([old]) == 0
    assert IndexedCase.objects.get(pk=case.pk).version == case.version > old.version
    assert EMBEDDED.index(documents([case.pk])) == 1  # twice is the same
    assert found("停水") == [case.number]


@pytest.mark.embedded_only
def test_many_documents_leave_others_their_turn_to_write(say, monkeypatch):
    told = documents([say(f"停水{n}").pk for n in range(5)])
    monkeypatch.setattr(embedded, "TOGETHER", 2)
    with CaptureQueriesContext(connection) as asked:
        assert EMBEDDED.index(told) == 5
    begun = [one["sql"] for one in asked if one["sql"].startswith("SAVEPOINT")]
    assert len(begun) == 3  # transactions of their own outside of a test


@pytest.mark.embedded_only
def test_drift_is_found_named_and_repaired(say, found, cast, capsys):
    good, missing, stale = say("停水一"), say("停水二"), say("停水三")
    call_command("check_index")
    EMBEDDED.remove([missing.pk])
    IndexedCase.objects.filter(pk=stale.pk).update(version=0)
    ghost = max(good.pk, missing.pk, stale.pk) + 1000
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_text(rowid, title, body, reply, place) "
                "VALUES (%s, '停水', '', '', '')",
                [ghost],
            )
    wrong = EMBEDDED.drift()
    assert (wrong.missing, wrong.stale) == ({missing.pk}, {stale.pk})
    assert wrong.ghosts == ({ghost} if connection.vendor == "sqlite" else set())
    assert set(found("停水")) == {good.number, stale.number}
    with pytest.raises(CommandError, match="missing 1, stale 1"):
        call_command("check_index")
    call_command("check_index", "--repair")
    assert not EMBEDDED.drift()
    assert set(found("停水")) == {good.number, missing.number, stale.number}
    assert "repaired" in capsys.readouterr().out


@pytest.mark.embedded_only
def test_rebuild_indexes_everything_and_can_go_on(cast, found, capsys):
    cases = [wang_says(cast, key=f"k{n}", content=f"停水{n}", title="停水") for n in range(3)]
    assert found("停水") == []
    call_command("rebuild_index", "--after", str(cases[0].pk))
    assert set(found("停水")) == {case.number for case in cases[1:]}
    call_command("rebuild_index")
    assert len(found("停水")) == 3
    assert "3 cases indexed" in capsys.readouterr().out


@pytest.mark.embedded_only
def test_a_failing_index_is_said_and_titles_still_found(say, cast, monkeypatch):
    case = say("停水", title="停水的事")

    def broken(*_args, **_named):
        raise DatabaseError("index gone")

    monkeypatch.setattr(EmbeddedEngine, "matching", broken)
    result = find("停水", cast.dispatcher, at=NOON)
    assert result.degraded
    assert ([hit.case for hit in result.hits], result.total) == ([case], 1)
    assert find("停水", cast.clerk, at=NOON).total == 0


@pytest.mark.embedded_only
def test_health(say, cast, monkeypatch):
    say("停水")
    assert health() == {"status": "ok", "waiting": 0}
    wang_says(cast, key="later")
    assert health() == {"status": "ok", "waiting": 1}

    def broken(*_args, **_named):
        raise DatabaseError("index gone")

    monkeypatch.setattr(dialect(), "ids", broken)
    assert health()["status"] == "broken"
