"""An operator takes a call from the first digit to the next call, hands on the keys."""

import pytest

from cases.models import Case
from tests.cast import wang_says
from tests.routing.folk import entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_STROKES = 25
MATTER = "人民路东段路灯不亮，夜里看不见路，请尽快修理。"


class Keys:
    """A keyboard that counts strokes; what is dictated by the caller does not count."""

    def __init__(self, page):
        self.page = page
        self.strokes = 0

    def stroke(self, *keys):
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def leave(self, key):
        """Press the key that ends this page."""
        with self.page.expect_navigation():
            self.stroke(key)

    def say(self, text):
        """Write down what the caller dictates."""
        self.page.keyboard.insert_text(text)

    def spell(self, text):
        """Press the letters of an abbreviation; they count."""
        self.stroke(*text)


def test_a_call_is_registered_and_sent_by_keys_alone(windows, cast):
    entry(cast)
    page = windows.open("/desk/calls/", cast.operator)
    keys, kept = Keys(page), []
    keys.say("13807316217")
    keys.leave("Enter")
    page.on(
        "response",
        lambda answer: (
            kept.append(answer)
            if answer.request.method == "POST" and answer.url.endswith("/calls/")
            else None
        ),
    )
    keys.stroke("F3")
    with page.expect_response(lambda answer: "/advice/" in answer.url):
        keys.say(MATTER)
    keys.stroke("Tab")
    keys.say("人民路路灯不亮")
    keys.stroke("Tab")
    keys.say("石桥镇")
    keys.stroke("F7")
    kept.clear()
    with page.expect_response(lambda answer: "/advice/" in answer.url):
        keys.spell("ld")
        keys.stroke("Tab")
    page.wait_for_selector("#advice input[name=suggested]:checked")
    while not kept:  # the draft after the last change
        page.wait_for_event("response")
    keys.leave("F10")
    case = Case.objects.get()
    assert (case.state, case.lead_unit, case.category) == (
        "dispatched",
        cast.housing,
        cast.street_lights,
    )
    assert case.content == MATTER
    assert page.locator(".big").first.inner_text().replace(" ", "") == case.number
    keys.leave("Enter")
    assert page.url.endswith("/desk/calls/")
    assert keys.strokes <= MOST_STROKES


def test_whom_it_is_about_stays_in_sight_when_the_type_changes(windows, cast):
    """What was typed counts whatever the type; nothing that counts is hidden."""
    page = windows.open("/desk/calls/", cast.operator)
    whom = page.locator("[name=respondent]")
    assert not whom.is_visible()
    page.locator("[name=demand_type][value=complaint]").check(force=True)
    whom.fill("县自来水公司")
    page.locator("[name=demand_type][value=consult]").check(force=True)
    assert whom.is_visible()
    whom.fill("")
    assert not whom.is_visible()


PRESS_TWICE = """() => {
  const kept = [];
  window.addEventListener("submit", (event) => {  // after the listeners of the page
    kept.push(event.defaultPrevented);
    event.preventDefault();  // the first one stays on its way
  });
  const key = document.querySelector("[data-key=F4]");
  key.click();
  key.click();
  return kept;
}"""


def test_an_urge_pressed_twice_in_a_row_is_sent_once(windows, cast):
    """Counted each call, not each stroke: the key is pressed again while the first one is on its way."""
    wang_says(cast)
    page = windows.open("/desk/calls/", cast.operator)
    keys = Keys(page)
    keys.say("13807316217")
    keys.leave("Enter")
    assert page.evaluate(PRESS_TWICE) == [False, True]
