"""The system administrator sees whether background work runs, the quick and the long, and what waits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.machine import processes
from cases.machine.processes import DOWN, RUNNING, Process
from cases.models import Alarm
from cases.tasks import drain_outbox, read_files
from config.backup.state import BackupState
from hotline.desk.admin.system import state
from search.tasks import check_indexes
from tests.cast import NOON, wang_says
from tests.desk.stages import dispatched
from tests.papers import docx
from tests.search.attached import attach


@pytest.fixture
def page(browser, cast):
    return browser(cast.sysadmin)


def shown(page) -> str:
    return page.get(reverse("desk:system")).content.decode()


def test_a_worker_that_stands_still_is_told(page, cast, monday):
    assert shown(page).count("没有运行") == 2
    drain_outbox()
    assert shown(page).count("没有运行") == 1
    check_indexes()
    assert "没有运行" not in shown(page)
    monday.shift(state.STILL + timedelta(seconds=1))
    assert shown(page).count("没有运行") == 1
    drain_outbox()
    monday.shift(state.LONG_STILL - state.STILL)
    drain_outbox()
    assert shown(page).count("没有运行") == 1
    check_indexes()
    assert "没有运行" not in shown(page)


def test_files_that_wait_to_be_read_are_counted(page, cast):
    assert "附件待读取" not in shown(page)
    attach(wang_says(cast), "好.docx", docx("河东建设"))
    assert "1 个附件待读取" in shown(page)
    read_files()
    assert "附件待读取" not in shown(page)


def test_each_process_is_told_with_its_state_and_why_its_last_one_ended(
    page, cast, monday, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    at = timezone.now()
    processes.tell(
        [
            Process("web", RUNNING, at - timedelta(hours=2), reason="ended by SIGKILL"),
            Process("work", DOWN, at - timedelta(minutes=1), starts=7, reason="ended with 1"),
            Process("longer", RUNNING, at, doing="search.make_exports", busy=300),
        ]
    )
    said = " ".join(shown(page).split())
    assert "本机进程" in said
    assert "以代码 1 退出" in said
    assert "正在生成导出文件，已 5 分钟" in said
    assert "SIGKILL" not in said  # it runs again: that is over


def test_what_is_late_is_counted_and_since_when(page, cast, monday):
    dispatched(cast, assisting=False)
    pending = Alarm.objects.filter(fired_at=None)
    count = pending.update(at=timezone.now() - timedelta(hours=1))
    said = " ".join(shown(page).split())
    assert f"{count} 个时限已到而未提醒" in said
    assert "后台任务恢复后自动补办" in said


def test_nothing_late_and_no_supervisor_show_no_empty_panels(page, cast, monday):
    said = shown(page)
    assert "本机进程" not in said
    assert "已延误" not in said


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (BackupState("off"), ["备份", "尚未设置", "BACKUP_DIR"]),
        (
            BackupState("ok", last=NOON, size=5 * 2**30, count=14, seconds=61.0),
            ["已按时完成", "5.0 GB", "共 14 份"],
        ),
        (
            BackupState("failed", problem="磁盘空间不够。", tried=NOON),
            ["上次没有做成", "磁盘空间不够。"],
        ),
        (BackupState("none", under_way=True), ["还没有", "正在备份"]),
    ],
)
def test_the_backups_are_told_with_what_to_do(page, cast, monday, monkeypatch, told, words):
    monkeypatch.setattr("config.backup.state.state", lambda _at: told)
    said = " ".join(shown(page).split())
    assert [word for word in words if word not in said] == []
