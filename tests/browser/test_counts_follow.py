"""A common word of a large office: hits at once, their number and the filters by themselves afterwards."""

import pytest

from search.engines.port import PAGE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED_AFTERWARDS = (
    "performance.getEntriesByType('resource').filter(one => one.name.includes('counts=now')).length"
)


def test_the_number_follows_the_hits(windows, cast, common_word):
    page = windows.open("/desk/search/?q=路灯", cast.dispatcher)
    page.wait_for_selector("#count b")
    assert page.evaluate(ASKED_AFTERWARDS) == 1
    assert page.inner_text("#count") == f"{PAGE + 1} 件"
    assert page.locator("#facets section").count() > 0
    assert f"1–{PAGE} / {PAGE + 1}" in page.inner_text("#pages")
    assert page.locator(".hits > li").count() == PAGE
