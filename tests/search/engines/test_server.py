"""The index on the search server: versions, drift, rebuild behind an alias."""

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case, Duty
from search.engines.chosen import EMBEDDED, elastic, engine, health
from search.engines.documents import documents
from search.engines.elastic.indices import IndexingFailed, Target
from search.engines.port import EngineAway
from search.indexing.upkeep import refresh
from tests.cast import NOON, wang_says

pytestmark = [pytest.mark.elastic_only, pytest.mark.services]


def test_late_and_doubled_work_never_goes_back(say, found, cast):
    case = say("停水第一版", title="停水第一版")
    old = documents([case.pk])[0]
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    Case.objects.filter(pk=case.pk).update(title="断电第二版", content="断电第二版")
    assert elastic().index(documents([case.pk])) == 1
    assert elastic().index([old]) == 0
    assert elastic().index(documents([case.pk])) == 1  # twice is the same
    assert (found("第二版"), found("第一版")) == ([case.number], [])


def test_what_was_removed_does_not_come_back_with_late_work(say, found):
    case = say("停水")
    late = documents([case.pk])
    elastic().remove([case.pk])
    elastic().remove([case.pk, case.pk + 7])  # twice, and one that never was
    assert elastic().index(late) == 0
    assert found("停水") == []
    assert elastic().drift().missing == {case.pk}


def test_drift_is_found_named_and_repaired(say, found, cast, capsys):
    good, stale = say("停水一"), say("停水二")
    missing = wang_says(cast, key="unsaid", content="停水三", title="停水三")
    Duty.objects.all().delete()
    EMBEDDED.index(documents([missing.pk]))
    Case.objects.filter(pk=stale.pk).update(version=stale.version + 1)
    ghost = max(good.pk, missing.pk, stale.pk) + 100
    plain = elastic().indices
    alias = plain.alias
    client = plain.server.client
    client.index(index=alias, id=str(ghost), document={"case": ghost}, refresh=True)
    wrong = elastic().drift()
    assert (wrong.missing, wrong.stale, wrong.ghosts) == ({missing.pk}, {stale.pk}, {ghost})
    with pytest.raises(CommandError, match=r"elasticsearch: .* missing 1, stale 1, left over 1"):
        call_command("check_index")
    call_command("check_index", "--repair")
    assert not elastic().drift()
    assert set(found("停水")) == {good.number, missing.number, stale.number}
    assert "elasticsearch: the index was repaired" in capsys.readouterr().out


def test_refused_documents_are_named(say):
    case = say("停水")
    server = elastic()
    server.server.client.indices.put_mapping(
        index=server.indices.alias, meta=_meta(server), properties={}
    )
    bad = documents([case.pk])[0]
    lines = [
        {"index": {"_index": server.indices.alias, "_id": "1"}},
        {"case": bad.case_id, "unheard_of": 1},
        {"index": {"_index": server.indices.alias, "_id": str(bad.case_id)}},
        {"case": bad.case_id},
    ]
    with pytest.raises(IndexingFailed, match=r"1 refused: case 1: .*unheard_of"):
        server.indices._bulk(lines, [Target(server.indices.alias, is_optional=False)])


def _meta(server):
    (meta,) = server.indices.behind(server.indices.alias).values()
    return meta


def test_rebuild_goes_on_where_it_stopped_and_loses_nothing_of_the_meantime(say, found, cast):
    old, changed = say("停水一"), say("停水二")
    server = elastic()
    before = list(server.indices.behind(server.indices.alias))
    work = server.rebuild()
    work.add(documents([old.pk, changed.pk]), changed.pk)
    server.indices.note(work.name, changed.pk)
    Case.objects.filter(pk=old.pk).update(title="断电", content="断电", version=old.version + 5)
    refresh([old.pk])  # while the new index is filled: into both
    new = say("停水三")
    assert set(found("停水")) == {changed.number, new.number}  # asked is still the old one
    again = server.rebuild()  # another process goes on
    assert (again.name, again.after) == (work.name, changed.pk)
    again.finish()
    after = list(server.indices.behind(server.indices.alias))
    assert after == [work.name]
    assert after != before
    assert server.indices.behind(server.indices.next) == {}
    assert set(found("停水")) == {changed.number, new.number}
    assert found("断电") == [old.number]
    assert not server.drift()


def test_the_command_rebuilds_both_and_begins_anew_when_asked(say, found, cast, capsys):
    cases = [say(f"停水{n}") for n in range(3)]
    server = elastic()
    stopped = server.rebuild(anew=True).name
    call_command("rebuild_index", "--anew")
    said = capsys.readouterr().out
    assert "embedded: 3 cases indexed" in said
    assert "elasticsearch: 3 cases indexed" in said
    assert stopped not in server.indices.behind(server.indices.alias)
    assert set(found("停水")) == {case.number for case in cases}
    call_command("rebuild_index", "--if-missing")
    assert "indexed" not in capsys.readouterr().out


def test_an_index_made_by_another_version_says_so(say):
    server = elastic()
    (name,) = server.indices.behind(server.indices.alias)
    meta = _meta(server)
    server.server.client.indices.put_mapping(index=name, meta=meta | {"scheme": "old"})
    try:
        assert "rebuild_index" in health()["engines"]["elasticsearch"]["reason"]
    finally:
        server.server.client.indices.put_mapping(index=name, meta=meta)


def test_more_cases_than_can_be_named_are_left_to_the_database(say, cast, monkeypatch):
    from search.engines.elastic import engine as module
    from search.engines.port import Query

    say("停水一")
    say("停水二")
    monkeypatch.setattr(module, "MOST_IDS", 1)
    with pytest.raises(EngineAway, match="More cases"):
        elastic().search(Query(NOON), Case.objects.all())
    assert engine().search(Query(NOON), Case.objects.all()).total == 2
