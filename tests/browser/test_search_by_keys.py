"""The list of hits by keyboard alone: through it, into a case, back, and to the box."""

import pytest

from cases.events.outbox import drain
from tests.cast import NOON, wang_says

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOCUSED = "document.activeElement.closest('li')?.querySelector('h2')?.innerText || ''"
URL = "/desk/search/?q=路灯"


@pytest.fixture
def hits(cast):
    """Three cases with the word; their titles in the order of the list."""
    titles = ["第一盏路灯", "第二盏路灯", "第三盏路灯"]
    for n, title in enumerate(titles):
        wang_says(cast, key=f"lamp-{n}", title=title, content=title)
    drain(NOON)
    return titles[::-1]  # the newest first


@pytest.fixture
def page(windows, cast, hits):
    return windows.open(URL, cast.dispatcher)


def press(page, *keys):
    """Press the keys; returns the title of the hit that has the focus then."""
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate(FOCUSED)


def is_box(page):
    return page.evaluate("document.activeElement.matches('main input[type=search]')")


def test_through_the_list_into_a_case_and_back(page, hits):
    assert press(page, "j") == hits[0]
    assert press(page, "j") == hits[1]
    assert press(page, "ArrowDown") == hits[2]
    assert press(page, "ArrowDown") == hits[2]  # nothing comes after it
    assert press(page, "k") == hits[1]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert hits[1] in page.locator("h1").inner_text()
    page.go_back()
    assert "search" in page.url
    assert press(page, "J") in hits


def test_to_the_box_and_back_to_the_list(page, hits):
    assert press(page, "j", "j") == hits[1]
    press(page, "/")
    assert is_box(page)
    page.keyboard.insert_text("jk路灯")  # letters are letters here
    assert page.evaluate("document.activeElement.value") == "jk路灯"
    assert press(page, "Escape") == hits[1]
    assert (
        page.locator("main input[type=search]").input_value() == "jk路灯"
    )  # nothing typed is lost
    press(page, "ArrowUp", "ArrowUp")
    assert is_box(page)
    assert press(page, "ArrowDown") == hits[0]


def test_the_focus_is_seen_and_arrows_elsewhere_scroll(page, hits):
    assert press(page, "ArrowDown") == ""  # the page's own key: it scrolls
    press(page, "j")
    link = page.locator(".hits h2 a").first
    outline = link.evaluate(
        "e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth"
    )
    assert outline == "solid2px"
    assert link.evaluate("e => getComputedStyle(e.closest('li')).boxShadow") != "none"
    assert page.evaluate("document.activeElement.tagName") == "A"  # what a screen reader reads


def test_keys_do_nothing_where_nothing_is_found(windows, cast, hits):
    page = windows.open("/desk/search/?q=火星移民", cast.dispatcher)
    press(page, "j", "ArrowDown", "k")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    press(page, "/")
    page.keyboard.press("Escape")
    assert "q=" in page.url
