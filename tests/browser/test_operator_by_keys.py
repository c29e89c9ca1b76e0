"""An operator takes a call from the first digit to the next call, hands on the keys."""

import pytest

from cases.models import Case
from hotline.models import Draft
from tests.cast import wang_says
from tests.routing.folk import entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_STROKES = 25


def of_the_desk(answer):
    """An answer of the operator's desk itself."""
    return answer.request.method == "POST" and answer.url.endswith("/calls/")


def category(page, letters):
    """Choose the category by its initials."""
    page.keyboard.press("F7")
    for letter in letters:
        page.keyboard.press(letter)
    page.keyboard.press("Tab")


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
    with page.expect_response(of_the_desk):
        keys.stroke("F1")
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


def content(page):
    return page.locator("#id_content")


def rest(page):
    """Wait until what the page sends by itself is answered: the tests' database takes one at a time."""
    page.wait_for_function("() => document.getElementById('saved').textContent.trim()")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.getElementById('saved').textContent = ''")


def has_focus(page, selector):
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


@pytest.mark.parametrize("size", ["1366", "390"])
def test_a_number_is_looked_up_in_place_and_stored_with_the_case(windows, cast, size):
    earlier = wang_says(cast)
    page = windows.open("/desk/calls/", cast.operator, size)
    page.evaluate("window.same = true")
    content(page).fill(MATTER)
    page.fill("#id_address", "人民路12号")
    page.keyboard.press("F1")
    assert has_focus(page, "[name=phone]")
    rest(page)
    page.keyboard.insert_text("138 0731 6217")
    with page.expect_response(of_the_desk):
        page.keyboard.press("F1")
    assert has_focus(page, "#id_content")
    page.wait_for_selector(f"#caller >> text={earlier.title}")
    assert page.locator("[name=known_name]").is_checked()
    assert (content(page).input_value(), page.input_value("#id_address")) == (MATTER, "人民路12号")
    assert page.evaluate("window.same")  # nothing was loaded again
    assert "1380731" not in page.url
    rest(page)
    category(page, "ld")
    rest(page)
    with page.expect_navigation():
        page.keyboard.press("F6")
    case = Case.objects.exclude(pk=earlier.pk).get()
    assert (case.petitioner.phone, case.petitioner.name) == ("13807316217", "王桂芬")
    assert (case.content, case.address) == (MATTER, "人民路12号")
    assert not Draft.objects.exists()


def test_a_number_is_looked_up_without_script_too(windows, cast):
    earlier = wang_says(cast)
    page = windows.open("/desk/calls/", cast.operator, script=False)
    content(page).fill(MATTER)
    page.fill("[name=phone]", "13807316217")
    with page.expect_navigation():
        page.press("[name=phone]", "Enter")
    assert earlier.title in page.inner_text("#caller")
    assert content(page).input_value() == MATTER
    content(page).fill("又来催了")
    with page.expect_navigation():
        page.click("#caller button")
    assert content(page).input_value() == "又来催了"
    assert Case.objects.get().urge_count == 1


@pytest.mark.parametrize("size", ["1366", "390"])
def test_enter_goes_to_the_next_field_and_finishes_nothing(windows, cast, size):
    page = windows.open("/desk/calls/", cast.operator, size)
    page.evaluate("window.same = true")
    content(page).fill(MATTER)
    page.focus("#id_title")
    for name in ("request", "region", "address", "category", "name", "gender", "urgency"):
        page.keyboard.press("Enter")
        assert has_focus(page, f"[name={name}], [data-of={name}]"), name
    for _more in range(6):
        page.keyboard.press("Enter")
    assert page.evaluate("window.same")
    assert content(page).input_value() == MATTER
    assert not Case.objects.exists()


def call_of_wang(windows, cast, size="1366"):
    """Wang, who has an open case, is looked up."""
    wang_says(cast)
    page = windows.open("/desk/calls/", cast.operator, size)
    page.evaluate("window.same = true")
    page.fill("[name=phone]", "13807316217")
    page.press("[name=phone]", "Enter")
    page.wait_for_selector("#caller [data-key=F4]")
    return page


@pytest.mark.parametrize("size", ["1366", "390"])
def test_an_urge_carries_what_was_typed_and_stays_on_the_call(windows, cast, size):
    page = call_of_wang(windows, cast, size)
    page.keyboard.press("F4")
    page.wait_for_selector("#caller [role=alert]")  # nothing is written yet
    assert has_focus(page, "#id_content")
    assert Case.objects.get().urge_count == 0
    page.keyboard.insert_text("还是没人来修，老人摔了一跤")
    page.keyboard.press("F4")
    page.wait_for_selector("#caller [role=status]")
    assert page.evaluate("window.same")
    assert content(page).input_value() == "还是没人来修，老人摔了一跤"
    case = Case.objects.get()
    assert case.urge_count == 1
    assert case.contacts.get(kind="urge").original("note") == "还是没人来修，老人摔了一跤"


def test_an_urge_pressed_twice_in_a_row_is_recorded_once(windows, cast):
    """Counted each call, not each stroke: the key is pressed again while the first one is on its way."""
    page = call_of_wang(windows, cast)
    content(page).fill("又来催了")
    with page.expect_response(lambda answer: answer.url.endswith("/urges/")):
        page.evaluate("for (const _ of [1, 2]) document.querySelector('[data-key=F4]').click()")
    page.wait_for_selector("#caller [role=status], #caller [role=alert]")
    assert Case.objects.get().urge_count == 1


def to_whom(page, words):
    """Wait until the page says whom the form goes to."""
    page.wait_for_function(
        "words => document.getElementById('to-whom').textContent.trim() === words", arg=words
    )


@pytest.mark.parametrize("size", ["1366", "390"])
def test_the_page_says_whom_it_goes_to_and_who_assists_can_be_left_out(windows, cast, size):
    entry(cast, assisting="water")
    page = windows.open("/desk/calls/", cast.operator, size)
    to_whom(page, "还没有选承办单位")
    content(page).press_sequentially(MATTER)
    to_whom(page, "派给县住建局，协办县自来水公司")
    page.wait_for_function("() => document.querySelector('[name=category]').value")
    assert page.input_value("#id_category") == "城市管理 › 路灯"  # found through the catalogue
    page.uncheck("[name=assisting]")
    to_whom(page, "派给县住建局")
    with page.expect_response(lambda answer: "/advice/" in answer.url):
        page.fill("#id_address", "人民路12号")
        page.press("#id_address", "Tab")
    page.wait_for_load_state("networkidle")
    to_whom(page, "派给县住建局")  # what was unticked stays so
    page.fill("#id_lead", "sqz")
    page.press("#id_lead", "Tab")
    to_whom(page, "派给石桥镇")
    assert not page.locator("[name=suggested]:checked").count()
    page.check("[name=suggested]")
    to_whom(page, "派给县住建局")
    assert page.input_value("#id_lead") == ""
    rest(page)
    with page.expect_navigation():
        page.keyboard.press("F10")
    assert [task.unit for task in Case.objects.get().assignments.all()] == [cast.housing]


def test_words_of_danger_choose_urgent_until_a_person_chooses(windows, cast):
    page = windows.open("/desk/calls/", cast.operator)
    urgency = "() => document.querySelector('[name=urgency]:checked').value === '%s'"
    content(page).press_sequentially("楼道里有煤气味")
    page.wait_for_function(urgency % "urgent")
    assert page.locator("#advice [data-urgent]").is_visible()
    content(page).press_sequentially("，")
    content(page).fill("楼道里堆了杂物")
    page.wait_for_function(urgency % "normal")
    rest(page)
    page.check("[name=urgency][value=critical]", force=True)
    rest(page)
    content(page).fill("楼道里有煤气味，很浓")
    page.wait_for_selector("#advice [data-urgent]")
    assert page.evaluate("document.querySelector('[name=urgency]:checked').value") == "critical"
    rest(page)
