"""A common word of a large office: hits at once, their number and the filters by themselves afterwards."""

import pytest

from cases.outbox import drain
from search.engines import guessing
from search.engines.embedded import dialect
from search.port import PAGE
from tests.cast import NOON, wang_says

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED_AFTERWARDS = (
    "performance.getEntriesByType('resource').filter(one => one.name.includes('counts=now')).length"
)


def test_the_number_follows_the_hits(windows, cast, monkeypatch):
    monkeypatch.setattr(guessing, "FEW", 3)
    monkeypatch.setattr(guessing, "AT_ONCE", 3)
    for n in range(PAGE + 1):
        wang_says(cast, key=f"lamp-{n}", title=f"第{n}盏路灯", content="路灯坏了")
    drain(NOON, limit=500)
    dialect().settle()
    page = windows.open("/desk/search/?q=路灯", cast.dispatcher)
    page.wait_for_selector("#count b")
    assert page.evaluate(ASKED_AFTERWARDS) == 1
    assert page.inner_text("#count") == f"{PAGE + 1} 件"
    assert page.locator("#facets section").count() > 0
    assert f"1–{PAGE} / {PAGE + 1}" in page.inner_text("#pages")
    assert page.locator(".hits > li").count() == PAGE
