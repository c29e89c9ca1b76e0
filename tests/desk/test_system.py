"""The system administrator sees how the system is and acts on it, and sees nothing of a case."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.errors import NotPermitted
from cases.events.outbox import LATE, MAX_ATTEMPTS, drain
from cases.machine import disk
from cases.models import Duty, SystemAct
from cases.system import acts, pulse
from cases.system.releasing import release_parked
from cases.tasks import drain_outbox
from search.engines.chosen import EMBEDDED
from search.engines.port import EngineAway
from search.indexing import checking, watching
from search.models import IndexedCase
from search.tasks import check_indexes
from tests.cast import NOON, wang_says
from tests.desk.stages import LATER

NOW = NOON + 12 * LATER
QUOTED = "三单元王大爷家的秘密"


@pytest.fixture
def page(browser, cast):
    return browser(cast.sysadmin)


@pytest.fixture
def parked(cast):
    """A duty that was given up; its error quotes what the citizen wrote."""
    case = wang_says(cast, content=f"{QUOTED}，灯坏了。", title=QUOTED)
    drain(NOW)
    return Duty.objects.create(
        consumer="index",
        case=case,
        event=case.events.first(),
        created_at=NOON,
        next_try_at=NOON,
        attempts=MAX_ATTEMPTS,
        parked=True,
        error=f"ValueError: {QUOTED}",
    )


def shown(page) -> str:
    return page.get(reverse("desk:system")).content.decode()


def text_of(page) -> str:
    return " ".join(shown(page).split())


def test_every_part_is_told_in_words(page, cast, settings):
    wang_says(cast)
    drain_outbox()
    check_indexes()
    watching.look(NOW)
    said = text_of(page)
    for words in ("应答正常", "正常", "0 项变更待索引", "没有，全部办完。", settings.VERSION):
        assert words in said
    assert "没有运行" not in said
    assert "尚无记录" not in said


def test_what_waits_is_counted_with_the_age_of_the_oldest(page, cast, monday):
    wang_says(cast)
    monday.shift(LATE + timedelta(seconds=1))
    pulse.beat("outbox", NOW + LATE)
    said = text_of(page)
    assert "1 项变更待索引" in said
    assert "有积压" in said
    assert "数据库内的索引" in said


def test_an_engine_that_is_away_is_told_since_when(page, cast, monkeypatch, monday):
    watching.look(NOW)
    away = {"status": "degraded", "waiting": 7, "reason": "The search server does not answer."}
    monkeypatch.setattr(type(EMBEDDED), "health", lambda _self: away)
    assert "不可用自" in text_of(page)
    assert "今天 14:00" not in text_of(page).split("不可用自")[1][:60]  # it answered then
    monday.shift(600)
    watching.look(NOW + timedelta(minutes=10))
    watching.look(NOW + timedelta(minutes=20))
    said = text_of(page)
    assert "暂不可用，由数据库代为检索" in said
    assert "没有应答。" in said
    assert "7 项变更待索引" in said
    assert "14:10" in said.split("不可用自")[1][:60]


def test_a_broken_engine_is_told(page, cast, monkeypatch):
    monkeypatch.setattr(
        type(EMBEDDED), "health", lambda _self: {"status": "broken", "waiting": None}
    )
    said = text_of(page)
    assert "故障" in said
    assert "不明" in said


@pytest.mark.parametrize(
    ("free", "words"),
    [(500, "空间充足"), (4, "空间不多"), (0.5, "即将写满"), (0.05, "已满，不能再受理")],
)
def test_the_disk_is_told(page, monkeypatch, free, words):
    full = SimpleNamespace(total=1000 * disk.GB, free=int(free * disk.GB))
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _path: full)
    assert words in shown(page)


def test_a_parked_duty_shows_its_case_number_and_kind_of_fault_only(page, cast, parked):
    said = text_of(page)
    assert parked.case.number in said
    assert "ValueError" in said
    assert QUOTED not in said
    assert cast.operator.name not in said


def test_parked_duties_are_tried_again(page, cast, parked):
    answer = page.post(reverse("desk:duty_releases"))
    assert (answer.status_code, answer["Location"]) == (303, reverse("desk:system"))
    parked.refresh_from_db()
    assert (parked.parked, parked.attempts, parked.next_try_at) == (False, 0, NOW)
    act = SystemAct.objects.get()
    assert (act.kind, act.actor, act.at) == ("release", cast.sysadmin, NOW)
    assert act.found == {"released": 1}
    drain(NOW)
    assert not Duty.objects.exists()
    said = text_of(page)
    assert "重试搁置的任务" in said
    assert "1 项任务" in said
    page.post(reverse("desk:duty_releases"))  # twice: nothing is left to release
    assert SystemAct.objects.first().found == {"released": 0}


@pytest.fixture
def drifted(cast):
    """Three cases, one of which the index has lost and one it holds in an old version."""
    cases = [wang_says(cast, key=f"k{n}", content=f"停水{n}", title="停水") for n in range(3)]
    drain(NOW)
    EMBEDDED.remove([cases[0].pk])
    IndexedCase.objects.filter(case=cases[1]).update(version=0)
    return cases


def test_a_check_tells_what_is_wrong_and_changes_nothing(page, cast, drifted):
    answer = page.post(reverse("desk:index_checks"))
    assert (answer.status_code, answer["Location"]) == (303, reverse("desk:system"))
    act = SystemAct.objects.get()
    assert (act.kind, act.actor, act.at, act.finished_at) == ("check", cast.sysadmin, NOW, None)
    assert "进行中" in shown(page)
    checking.work_next(NOW + LATER)
    act = SystemAct.objects.get(pk=act.pk)
    assert act.finished_at == NOW + LATER
    assert act.found["embedded"]["first"] == {"missing": 1, "stale": 1, "over": 0}
    wrong = EMBEDDED.drift()
    assert (wrong.missing, wrong.stale) == ({drifted[0].pk}, {drifted[1].pk})
    said = text_of(page)
    assert "数据库内检索：缺 1 条，旧 1 条，多余 0 条" in said
    assert "公开信件检索：一致" in said
    assert "进行中" not in said
    assert checking.work_next(NOW + 2 * LATER) is None


def test_a_repair_puts_right_what_is_wrong_and_may_run_twice(page, cast, drifted):
    for _ in range(2):
        assert page.post(reverse("desk:index_repairs")).status_code == 303
    act = SystemAct.objects.get()  # asked twice while under way: one repair
    assert (act.kind, act.actor) == ("repair", cast.sysadmin)
    checking.work_next(NOW)
    assert not EMBEDDED.drift()
    assert "数据库内检索：缺 1 条，旧 1 条，多余 0 条 · 已全部修好" in text_of(page)
    page.post(reverse("desk:index_repairs"))
    checking.work_next(NOW)
    assert SystemAct.objects.filter(finished_at=NOW).count() == 2
    assert not EMBEDDED.drift()


def test_a_repair_goes_in_portions(cast, drifted, monkeypatch):
    monkeypatch.setattr("search.indexing.drift.BATCH", 1)
    monkeypatch.setattr(checking, "PORTION", 1)
    acts.ask("repair", by=cast.sysadmin, at=NOW)
    act = checking.work_next(NOW)
    assert (act.finished_at, act.leased_until, len(EMBEDDED.drift().missing)) == (None, None, 0)
    assert EMBEDDED.drift().stale == {drifted[1].pk}
    act = checking.work_next(NOW)
    assert act.finished_at == NOW
    assert act.found["embedded"]["first"] == {"missing": 1, "stale": 1, "over": 0}
    assert not EMBEDDED.drift()


def test_a_repair_that_mends_nothing_ends_and_says_so(page, cast, drifted, monkeypatch):
    monkeypatch.setattr("search.indexing.drift.refresh", lambda _ids, _engine: 0)
    acts.ask("repair", by=cast.sysadmin, at=NOW)
    checking.work_next(NOW)
    assert SystemAct.objects.get().finished_at == NOW
    assert "还剩 2 条 · 有的条目没有修好：请过一分钟再修复，仍有就看日志" in text_of(page)


@pytest.mark.parametrize(
    ("error", "words"),
    [(EngineAway("gone"), "服务器无法使用"), (ValueError(QUOTED), "未能完成，请看日志")],
)
def test_one_index_that_fails_stops_no_other(page, cast, drifted, monkeypatch, error, words):
    def fail(_self):
        raise error

    monkeypatch.setattr(type(EMBEDDED), "drift", fail)
    acts.ask("check", by=cast.sysadmin, at=NOW)
    checking.work_next(NOW)
    said = text_of(page)
    assert f"数据库内检索：{words}" in said
    assert "公开信件检索：一致" in said
    assert QUOTED not in said


def test_a_check_that_kills_its_worker_is_given_up(page, cast, drifted):
    act = acts.ask("check", by=cast.sysadmin, at=NOW)
    at = NOW
    for _ in range(checking.MOST_ATTEMPTS):  # leased, and never heard of again
        assert checking.LEASE.take_next(at) == act
        assert checking.work_next(at) is None  # nobody else takes it meanwhile
        at += checking.LEASE.lasts + timedelta(seconds=1)
    checking.work_next(at)
    act = SystemAct.objects.get(pk=act.pk)
    assert (act.finished_at, act.found["embedded"]) == (at, {"problem": "died"})
    assert "后台进程在此中断" in text_of(page)


def test_no_verb_is_for_others(cast, parked):
    for who in (cast.operator, cast.supervisor, cast.auditor, cast.clerk):
        with pytest.raises(NotPermitted):
            release_parked(by=who, at=NOW)
        for kind in checking.KINDS:
            with pytest.raises(NotPermitted):
                acts.ask(kind, by=who, at=NOW)
    assert not SystemAct.objects.exists()
    assert Duty.objects.get().parked


def test_the_acts_are_posts_only(page):
    for name in ("index_checks", "index_repairs", "duty_releases"):
        assert page.get(reverse(f"desk:{name}")).status_code == 405


def test_much_to_tell_costs_no_more_queries(page, cast, parked):
    shown(page)
    with CaptureQueriesContext(connection) as few:
        shown(page)
    for n in range(30):
        Duty.objects.create(
            consumer=f"c{n}",
            case=parked.case,
            event=parked.event,
            created_at=NOON,
            next_try_at=NOON,
            parked=n % 2 == 0,
            error="no consumer named c",
        )
        release = {"kind": "release", "at": NOW, "finished_at": NOW, "found": {"released": n}}
        SystemAct.objects.create(actor=cast.sysadmin, actor_name="何平", **release)
    with CaptureQueriesContext(connection) as many:
        said = text_of(page)
    assert len(many) == len(few)
    assert "本版本没有办理这类任务的程序。" in said


def test_the_version_is_the_one_of_the_changelog(settings):
    from tests.structure.tree import ROOT

    heads = [line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line[:3] == "## "]
    assert heads[0].split()[1].rstrip(",") == settings.VERSION
