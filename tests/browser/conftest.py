"""Chromium before the real pages: windows of the cast, which must say nothing on their console."""

from dataclasses import dataclass, field

import pytest
import time_machine
from django.test import Client

from cases.events.outbox import drain
from search.engines import guessing
from search.engines.embedded import dialect
from search.engines.port import PAGE
from tests.browser import chromium
from tests.cast import NOON, wang_says
from tests.desk.stages import LATER


@pytest.fixture(scope="module")
def chrome():
    """The browser of one file; the database is used beside its event loop."""
    with chromium.beside_the_database() as started:
        yield started


@pytest.fixture
def monday():
    """Two hours after noon, later than everything the stages do; the clock runs."""
    with time_machine.travel(NOON + 12 * LATER, tick=True):
        yield


@dataclass
class Windows:
    """Opens pages of a size for a person; ``said`` is what their consoles said."""

    browser: object
    url: str
    said: list[str] = field(default_factory=list)
    contexts: list = field(default_factory=list)

    def open(self, path, user=None, size="1366", *, script=True):
        """Open the page in a window of its own, in the session of the person."""
        width, height = chromium.SIZES[size]
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script
        )
        self.contexts.append(context)
        if user:
            client = Client()
            client.force_login(user, backend="cases.people.signed_in.StaffBackend")
            key = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": key, "url": self.url}])
        page = context.new_page()
        page.on("console", lambda line: self.said.append(line.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.goto(self.url + path)
        return page


@pytest.fixture
def windows(chrome, live_server, monday):
    """The windows of one test; nothing may have been said to their consoles."""
    opened = Windows(chrome, live_server.url)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.said == []


@pytest.fixture
def common_word(cast, monkeypatch):
    """A word (路灯) of one case more than a page shows, in an office where three are many."""
    monkeypatch.setattr(guessing, "FEW", 3)
    monkeypatch.setattr(guessing, "AT_ONCE", 3)
    for n in range(PAGE + 1):
        wang_says(cast, key=f"lamp-{n}", title=f"第{n}盏路灯", content="路灯坏了")
    drain(NOON, limit=500)
    dialect().settle()


def press(page, selector):
    """Click and wait for the page behind it."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def choose(page, name, value):
    """Pick one of several answers by its label."""
    page.locator(f"label:has([name={name}][value='{value}'])").click()
