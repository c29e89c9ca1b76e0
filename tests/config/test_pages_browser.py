"""The look in a real browser: nothing the security policy refuses, keys, phones, no script."""

import pytest
from django.test import override_settings

from tests.browser import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
specimen = override_settings(ROOT_URLCONF="tests.config.specimen")


@pytest.fixture
def browser():
    with chromium.beside_the_database() as started:
        yield started


def log_in(page, url: str) -> None:
    page.goto(f"{url}/login/?as=clerk")
    page.fill("[name=password]", "password")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/login/" not in page.url


def listen(page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@specimen
@pytest.mark.parametrize("size", chromium.SIZES)
def test_staff_page_breaks_no_policy_and_fits_the_screen(browser, live_server, cast, size):
    width, height = chromium.SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    log_in(page, live_server.url)
    said = listen(page)
    page.goto(f"{live_server.url}/specimen/")
    assert page.evaluate("typeof htmx") == "object"
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@specimen
def test_policy_refuses_inline_code(browser, live_server, cast):
    page = browser.new_page()
    log_in(page, live_server.url)
    page.goto(f"{live_server.url}/specimen/")
    said = listen(page)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran=1\">')"
    )
    page.wait_for_function("performance.now() > 0")
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in line for line in said)


@specimen
def test_keys_find_and_press(browser, live_server, cast):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    log_in(page, live_server.url)
    page.goto(f"{live_server.url}/specimen/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("a/b")
    assert page.locator("[name=q]").input_value() == "a/b"
    page.fill("[name=title]", "路灯不亮")
    with page.expect_navigation():
        page.keyboard.press("F10")
    assert "title=" in page.url


@specimen
def test_first_tab_offers_the_way_past_the_bar(browser, live_server, cast):
    page = browser.new_page()
    log_in(page, live_server.url)
    page.goto(f"{live_server.url}/specimen/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


@specimen
def test_log_in_and_language_need_no_script(browser, live_server, cast):
    page = browser.new_context(java_script_enabled=False).new_page()
    log_in(page, live_server.url)
    page.goto(f"{live_server.url}/specimen/")
    with page.expect_navigation():
        page.click("text=English")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url.endswith("/specimen/")
    with page.expect_navigation():
        page.click("text=Log out")
    assert "/login/" in page.url
