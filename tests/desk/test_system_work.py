"""The system administrator sees whether background work runs, the quick and the long, and what waits."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.tasks import drain_outbox, read_files
from hotline.desk.system import state
from search.tasks import check_indexes
from tests.cast import wang_says
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
