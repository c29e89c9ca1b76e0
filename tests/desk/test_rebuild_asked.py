"""The administrator has an index made anew; what is asked of the system stands in the record."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from cases.events.outbox import drain
from cases.models import SystemAct, SystemHistory, SystemRecord
from cases.system.acts import ask, begin
from cases.system.book import SYSTEM_BOOK
from cases.system.releasing import release_parked
from search.engines import absence
from search.engines.chosen import EMBEDDED
from search.engines.port import EngineAway
from search.indexing import checking, rebuilding
from tests.cast import NOON, wang_says
from tests.desk.stages import LATER

NOW = NOON + 12 * LATER


@pytest.fixture
def page(browser, cast):
    return browser(cast.sysadmin)


def shown(page) -> str:
    return " ".join(page.get(reverse("desk:system")).content.decode().split())


@pytest.fixture
def wanting(cast, monkeypatch):
    """Three cases, and an index made by another version of the product."""
    cases = [wang_says(cast, key=f"k{n}", content=f"停水{n}", title="停水") for n in range(3)]
    drain(NOW)
    behind = {"status": "behind", "waiting": 0, "reason": absence.OTHER_SCHEME}
    monkeypatch.setattr(type(EMBEDDED), "health", lambda _self: behind)
    monkeypatch.setattr("search.indexing.rebuilding.BATCH", 1)
    monkeypatch.setattr(rebuilding, "PORTION", 1)
    return cases


def test_a_rebuild_is_asked_for_once_goes_in_portions_and_tells_how_far_it_is(
    page, cast, wanting, monkeypatch
):
    assert "需要重建" in shown(page)
    for _ in range(2):
        answer = page.post(reverse("desk:index_rebuilds"))
        assert (answer.status_code, answer["Location"]) == (303, reverse("desk:system"))
    act = SystemAct.objects.get()  # asked twice while under way: one rebuild
    assert (act.kind, act.actor, act.finished_at) == ("rebuild", cast.sysadmin, None)
    said = shown(page)
    assert "正在重建" in said
    assert reverse("desk:index_rebuilds") not in said  # no second button
    EMBEDDED.remove([case.pk for case in wanting])
    for done in (1, 2, 3):
        act = checking.work_next(NOW)
        assert act.finished_at is None
        assert act.found["embedded"]["done"] == done
    assert 'hx-trigger="every 3s"' in shown(page)
    part = page.get(reverse("desk:system"), headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith("<main")  # what the page asks for again: no styles, no bar
    assert "stylesheet" not in part
    assert '<progress max="3" value="3">' in shown(page)
    act = checking.work_next(NOW)
    assert act.finished_at == NOW
    assert not EMBEDDED.drift()
    said = shown(page)
    assert "数据库内检索：已重建，共 3 条" in said
    assert "every 3s" not in said  # nothing runs: the page rests
    assert "<progress" not in said


def test_nothing_is_rebuilt_that_answers_as_it_should(page, cast):
    page.post(reverse("desk:index_rebuilds"))
    assert not SystemAct.objects.exists()
    assert "没有需要重建的索引。" in shown(page)


def test_a_server_that_goes_away_ends_the_rebuild_and_it_is_asked_for_again(
    page, cast, wanting, monkeypatch
):
    def fail(*_words, **_more):
        raise EngineAway(absence.SILENT)

    page.post(reverse("desk:index_rebuilds"))
    checking.work_next(NOW)
    with monkeypatch.context() as broken:
        broken.setattr(type(EMBEDDED), "rebuild", fail)
        checking.work_next(NOW)
    assert "已建 1 / 3 条 · 服务器无法使用" in shown(page)
    assert SystemAct.objects.get().finished_at == NOW
    page.post(reverse("desk:index_rebuilds"))
    assert SystemAct.objects.filter(finished_at=None).count() == 1


def test_the_command_is_the_same_rebuild(page, cast, wanting, capsys):
    ask(SystemAct.REBUILD, by=cast.sysadmin, at=NOW, found={"embedded": {"goes_on": True}})
    call_command("rebuild_index", "--engine", "embedded")  # what nobody is at is taken over
    assert "embedded: 3 cases indexed" in capsys.readouterr().out
    act = SystemAct.objects.get()
    assert (act.actor_name, act.finished_at is None) == ("何平", False)
    assert (act.found["embedded"]["done"], act.found["embedded"]["goes_on"]) == (3, False)
    call_command("rebuild_index", "--engine", "embedded")
    assert SystemAct.objects.filter(actor_name="manage.py rebuild_index").count() == 1


def test_one_rebuild_at_a_time(cast, wanting):
    held = {"held_until": NOW + timedelta(seconds=30), "found": {"embedded": {"goes_on": True}}}
    begin(SystemAct.REBUILD, by=rebuilding.COMMAND, at=NOW, **held)
    with pytest.raises(
        CommandError, match=r"under way since 2026-11-23 14:00, asked for by manage"
    ):
        call_command("rebuild_index")
    assert checking.work_next(NOW) is None  # the background work leaves it alone too
    act = checking.work_next(NOW + timedelta(seconds=31))  # its process was killed
    assert act.found["embedded"]["done"] == 1


def test_a_worker_that_starts_leaves_the_rebuild_of_a_command_alone(cast, wanting):
    until = NOW + rebuilding.LEASE.lasts
    wanted = {"embedded": {"goes_on": True}}
    act, _ = begin(SystemAct.REBUILD, by=rebuilding.COMMAND, at=NOW, found=wanted, held_until=until)
    checking.let_go(NOW)
    assert checking.work_next(NOW) is None
    later = until + timedelta(seconds=1)
    assert checking.LEASE.take_next(later) == act  # a worker is at it, and dies
    checking.let_go(later)
    assert checking.LEASE.take_next(later) == act


def test_a_command_that_is_stopped_says_so(page, cast, wanting, monkeypatch, capsys):
    def stop(_self, name, **_told):
        if name == "embedded" and _told.get("done") == 2:
            raise KeyboardInterrupt
        return real(_self, name, **_told)

    real = rebuilding.RebuildHeld.note
    monkeypatch.setattr(rebuilding.RebuildHeld, "note", stop)
    with pytest.raises(SystemExit):
        call_command("rebuild_index", "--engine", "embedded")
    assert f"--after {wanting[1].pk}" in capsys.readouterr().out
    assert "已建 1 / 3 条 · 被手动中断，可以接着做" in shown(page)
    assert SystemAct.objects.get().finished_at == NOW


def test_the_auditor_reads_who_asked_for_what_and_what_came_of_it(browser, cast, wanting):
    act = ask(SystemAct.CHECK, by=cast.sysadmin, at=NOW)
    checking.work_next(NOW + LATER)
    release_parked(by=cast.sysadmin, at=NOW + 2 * LATER)
    lines = list(SystemRecord.objects.values_list("seq", "act_id", "kind", "actor_name"))
    assert lines == [
        (1, act.pk, "asked", "何平"),
        (2, act.pk, "over", "系统"),
        (3, act.pk + 1, "done", "何平"),
    ]
    auditor = browser(cast.auditor)
    page = auditor.get(reverse("desk:audit"), {"of": "system"}).content.decode()
    for words in (
        "要求检查索引",
        "索引检查完毕",
        "数据库内检索：一致",
        "重试搁置的任务",
        "0 项任务",
    ):
        assert words in page
    assert page.index("重试搁置的任务") < page.index("索引检查完毕") < page.index("要求检查索引")
    found = auditor.get(reverse("desk:audit"), {"of": "system", "q": "无此人"}).content.decode()
    assert "要求检查索引" not in found


def faults():
    return [f"{what}: {fault}" for what, fault in SYSTEM_BOOK.faults() if fault]


@pytest.fixture
def recorded(cast):
    ask(SystemAct.CHECK, by=cast.sysadmin, at=NOW)
    checking.work_next(NOW)
    act = release_parked(by=cast.sysadmin, at=NOW)
    assert faults() == []
    call_command("verify_history", stdout=(said := StringIO()))
    assert "2 acts on the system checked, 0 broken." in said.getvalue()
    return act


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda: SystemRecord.objects.filter(seq=1).update(actor_name="别人"), "1 was altered"),
        (lambda: SystemRecord.objects.filter(seq=2).delete(), "event 2 is missing"),
        (lambda: SystemRecord.objects.filter(seq=3).delete(), "the end is cut"),
        (lambda: SystemHistory.objects.update(length=2), "the end is cut"),
        (lambda: SystemAct.objects.filter(kind="check").update(actor_name="别人"), "as it was"),
        (lambda: SystemAct.objects.filter(kind="release").update(found={"released": 9}), "as it"),
        (lambda: SystemAct.objects.filter(kind="check").update(finished_at=None), "as it was"),
        (lambda: SystemAct.objects.filter(kind="check").update(state="under_way"), "as it was"),
        (lambda: SystemHistory.objects.all().delete(), "is gone"),
        (
            lambda: SystemAct.objects.create(
                kind="release", at=NOW, finished_at=NOW, actor_name="何平", found={"released": 0}
            ),
            "as it was",
        ),
    ],
)
def test_who_alters_the_record_or_an_act_is_found(recorded, change, sentence):
    change()
    assert any(sentence in fault for fault in faults()), faults()
    with pytest.raises(CommandError, match="not as it was recorded"):
        call_command("verify_history", stdout=StringIO(), stderr=StringIO())


def test_an_act_that_is_under_way_is_whole(cast, wanting):
    ask(SystemAct.REBUILD, by=cast.sysadmin, at=NOW, found={"embedded": {"goes_on": True}})
    checking.work_next(NOW)  # how far it is changes all the time
    assert faults() == []
