"""What a dispatcher types stays while suggestions arrive, and Enter settles where it is typed to settle."""

import pytest
from django.utils.translation import gettext

from tests.cast import NOON, wang_says
from tests.routing.folk import entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def suggestions_of(page, category):
    """Choose a category and wait for what is suggested for it."""
    with page.expect_response(lambda answer: answer.url.endswith("/advice/")):
        page.fill("#id_category", category)
        page.press("#id_category", "Tab")


def test_suggestions_that_arrive_leave_what_was_written(windows, cast):
    entry(cast)
    case = wang_says(cast)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    page = windows.open(f"/desk/dispatch/?case={case.number}", cast.dispatcher)
    page.eval_on_selector("#class", "part => part.closest('details').open = true")
    assisting, other = (
        page.locator(f"#advice input[name={name}]") for name in ("assisting", "other")
    )
    assisting.fill("")
    assisting.press_sequentially("县自来水公司")
    other.press_sequentially("石桥镇")
    suggestions_of(page, str(cast.leaks))
    page.wait_for_function(
        "() => document.querySelector('#advice input[name=assisting]').value === '县自来水公司'"
    )
    assert other.input_value() == "石桥镇"
    assert page.locator("input[name=unit][value=other]").is_checked()


def test_enter_settles_where_it_is_typed_and_asks_for_no_category(windows, cast):
    """It belongs to the form of the dispatch: Enter there sent, and the browser asked for a category."""
    case = wang_says(cast, demand_type="report", content="抄表的老张收好处费，请查一查。")
    page = windows.open(f"/desk/dispatch/?case={case.number}", cast.dispatcher)
    page.fill("#id_note", "请当面核实")
    page.fill("#id_respondent_unit", "县自来水公司")
    with page.expect_navigation():
        page.press("#id_respondent_unit", "Enter")
    case.refresh_from_db(fields=["respondent_state"])
    assert case.respondent_state == "unit"
    assert page.input_value("#id_note") == "请当面核实"
    assert gettext("Settled: %(units)s, and what is above and below, never sees this case.") % {
        "units": "县自来水公司"
    } in page.inner_text("body")
    assert not case.assignments.exists()
