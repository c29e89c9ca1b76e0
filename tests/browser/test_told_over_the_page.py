"""What staff are told lies over the page: no field and no button moves under the hand."""

import pytest

from tests.cast import NOON, wang_says
from tests.routing.folk import entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("size", ["1366", "390"])


def height(page, selector):
    """How far below the top of the window something begins."""
    return page.locator(selector).first.bounding_box()["y"]


@SIZES
def test_a_message_moves_neither_field_nor_button(windows, cast, size):
    entry(cast)
    for number in (1, 2):
        case = wang_says(cast, key=f"form-{number}")
        case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    page = windows.open("/desk/dispatch/", cast.dispatcher, size)
    parts = (
        ("main", ".send button", "#dispatch") if size == "1366" else ("main",)
    )  # else below the queue
    before = [height(page, one) for one in parts]
    with page.expect_navigation():
        page.locator(".send button").click()
    assert page.locator(".notes .note").is_visible()
    assert [height(page, one) for one in parts] == before
    page.locator(".notes .close").click()
    assert not page.locator(".notes .note").count()


def test_what_is_missing_moves_no_field_of_the_call(windows, cast):
    page = windows.open("/desk/calls/", cast.operator)
    page.fill("#id_content", "路灯不亮")
    before = height(page, "#id_content")
    with page.expect_navigation():
        page.keyboard.press("F6")
    assert page.locator("#call .note--late").is_visible()
    assert height(page, "#id_content") == before
    assert "422" in windows.said.pop()
