"""The public site in Chromium: without scripts, by keyboard, on a phone, and nothing for axe to find."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from cases.models import Case
from hotline.models import Filing
from tests.browser import chromium
from tests.site.conftest import MATTER
from tests.site.test_pages import PUBLIC

pytestmark = pytest.mark.browser


@pytest.fixture
def browser():
    with chromium.beside_the_database() as started:
        yield started


def open_page(browser, size="390", **options):
    width, height = chromium.SIZES[size]
    return browser.new_context(viewport={"width": width, "height": height}, **options).new_page()


def press(page):
    with page.expect_navigation():
        page.locator("main .btn--main").last.click()


def test_a_citizen_files_and_follows_without_scripts_on_a_phone(live_server, pages, browser):
    page = open_page(browser, java_script_enabled=False)
    page.goto(f"{live_server.url}/file/")
    page.check("#id_danger_0")
    page.check("#id_demand_type_2")
    press(page)
    page.fill("#id_content", MATTER["content"])
    press(page)
    assert "请选择事情发生在哪个乡镇" in page.inner_text("[role=alert]")
    assert page.input_value("#id_content") == MATTER["content"]
    page.select_option("#id_region", "430329101")
    press(page)
    page.fill("#id_name", "王桂芬")
    page.fill("#id_phone", "13807316217")
    Filing.objects.update(created_at=timezone.now() - timedelta(minutes=1))  # as a person takes
    press(page)
    number, code = page.locator(".huge").all_inner_texts()
    case = Case.objects.get()
    assert number.replace(" ", "") == case.number
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/progress/")
    page.fill("#id_number", number)
    page.fill("#id_code", code)
    press(page)
    assert "等待受理" in page.inner_text("ol.steps")


def test_an_error_is_where_the_keyboard_is(live_server, pages, browser):
    page = open_page(browser, "1366")
    page.goto(f"{live_server.url}/file/")
    press(page)
    page.wait_for_selector("[role=alert]:focus")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/file/#id_danger")


@pytest.mark.parametrize("size", ["1366", "390"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(live_server, pages, browser, size):
    page = open_page(browser, size)
    for address in PUBLIC:
        page.goto(live_server.url + address)
        found = Axe().run(page).response["violations"]
        assert [(address, one["id"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
