"""One out of many by typing: by words and initials, hands on the keys, and without script as a select."""

import pytest
from django.urls import reverse

from cases.models import Case, Region
from tests.cast import NOON, wang_says

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("size", ["1366", "390"])


def chosen(page, name):
    """What is sent for a field."""
    return page.evaluate("name => document.querySelector(`[name=${name}]`).value", name)


def listed(page):
    """The labels in the open list, the marked one with a star."""
    return page.eval_on_selector_all(
        ".combo:not([hidden]) li",
        "rows => rows.map(row => (row.ariaSelected === 'true' ? '*' : '') + row.firstChild.data)",
    )


@pytest.fixture
def places(cast):
    """Two communities of the township."""
    for n, name in enumerate(["和平社区", "红星社区"]):
        Region.objects.create(
            code=f"43032910100{n}",
            name=name,
            parent=cast.place,
            level="village",
            path=f"{cast.place.path} › {name}",
        )


@SIZES
def test_place_category_and_unit_are_found_by_their_initials(windows, cast, places, size):
    page = windows.open(reverse("desk:operator"), cast.operator, size)
    page.focus("#id_region")
    page.keyboard.type("hp")
    assert listed(page) == ["*青溪县 › 石桥镇 › 和平社区"]
    page.keyboard.press("Enter")
    assert page.input_value("#id_region") == "青溪县 › 石桥镇 › 和平社区"  # the whole path
    assert page.evaluate("document.activeElement.name") == "address"
    page.focus("#id_category")
    page.keyboard.type("ld")
    page.keyboard.press("Tab")
    page.focus("#id_lead")
    page.keyboard.insert_text("住房")  # part of the full name
    assert listed(page) == ["*县住建局"]
    page.keyboard.press("Tab")
    assert [chosen(page, name) for name in ("region", "category", "lead")] == [
        "青溪县 › 石桥镇 › 和平社区",
        "城市管理 › 路灯",
        "县住建局",
    ]


@SIZES
def test_the_list_is_gone_through_by_arrows_and_left_by_escape(windows, cast, places, size):
    page = windows.open(reverse("desk:operator"), cast.operator, size)
    page.focus("#id_region")
    page.keyboard.press("ArrowDown")
    assert len(listed(page)) == 3
    page.keyboard.type("社区")
    page.keyboard.press("ArrowDown")
    assert [row[0] for row in listed(page)] == ["青", "*"]
    page.keyboard.press("ArrowDown")
    assert [row[0] for row in listed(page)] == ["*", "青"]
    page.keyboard.press("Escape")
    assert listed(page) == []
    assert chosen(page, "region") == ""
    page.locator("#id_region").fill("")
    page.locator("#id_region").click()
    page.locator(".combo li", has_text="红星社区").click()
    assert chosen(page, "region").endswith("红星社区")
    page.locator("#id_region").fill("")
    page.keyboard.press("Tab")
    assert chosen(page, "region") == ""  # taken out again


def test_what_is_no_option_is_said_kept_and_sent(windows, cast):
    page = windows.open(reverse("desk:operator"), cast.operator)
    page.fill("#id_content", "路灯不亮")
    page.focus("#id_category")
    page.keyboard.insert_text("火星移民")
    page.keyboard.press("Tab")
    assert page.locator("label[for=id_category] [role=status]").is_visible()
    with page.expect_navigation():
        page.keyboard.press("F6")
    assert page.input_value("#id_category") == "火星移民"
    assert page.locator("#id_category").evaluate("e => e.closest('.field--bad') !== null")
    assert not Case.objects.exists()
    assert "422" in windows.said.pop()  # the form came back


def test_without_script_it_is_a_select(windows, cast):
    page = windows.open(reverse("desk:operator"), cast.operator, script=False)
    page.fill("#id_content", "路灯不亮")
    page.select_option("#id_category", "城市管理 › 路灯")
    page.select_option("#id_region", label="青溪县 › 石桥镇")
    with page.expect_navigation():
        page.click("[name=act][value=accept]")
    assert Case.objects.get().category == cast.street_lights


def test_the_dispatcher_types_initials_too(windows, cast):
    case = wang_says(cast)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    page = windows.open(f"/desk/dispatch/?case={case.number}", cast.dispatcher)
    page.focus("#id_other")
    page.keyboard.type("xzjj")
    page.keyboard.press("Enter")  # takes, and sends nothing yet
    assert page.input_value("#id_other") == "县住建局"
    page.focus("#id_assisting")
    page.keyboard.type("sqz")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("、")
    page.keyboard.type("xzls")
    page.keyboard.press("Enter")
    assert page.input_value("#id_assisting") == "石桥镇、县自来水公司"
    assert not case.assignments.exists()
    page.eval_on_selector("#class", "part => part.closest('details').open = true")
    with page.expect_response(lambda answer: answer.url.endswith("/advice/")):
        page.focus("#id_category")
        page.keyboard.press("Control+a")
        page.keyboard.type("ts")
        page.keyboard.press("Enter")
    assert page.input_value("#id_category") == "城市管理 › 停水"
