"""What each person of the loop does, in the browser they do it with."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from cases.models import Case
from hotline.channels.forms import guards
from satisfaction.models import Evaluation
from tests.browser.conftest import choose, press
from tests.cast import NOON
from tests.desk.stages import LATER, REPLY, dispatched, drafted, replied

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def again(case):
    return Case.objects.get(pk=case.pk)


def test_a_clerk_signs_contacts_and_replies_on_a_phone(windows, cast):
    case = dispatched(cast, assisting=False)
    page = windows.open("/desk/tasks/", cast.clerk, "390")
    press(page, "td form[action$='/signature/'] button")
    choose(page, "method", "phone")
    page.fill("#first-contact textarea[name=note]", "已告知当天派人。")
    press(page, "#first-contact .btn--main")
    page.fill("[name=public_reply]", REPLY["public_reply"])
    choose(page, "solved", "solved")
    choose(page, "fact_true", "true")
    page.wait_for_load_state("networkidle")
    press(page, "button.btn--main[form=reply-form]")
    task = again(case).lead()
    assert (task.state, task.public_reply) == ("awaiting_sign_off", REPLY["public_reply"])
    assert task.first_contact_method == "phone"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_leader_signs_off_in_two_clicks(windows, cast):
    case = drafted(cast, assisting=False)
    page = windows.open("/desk/", cast.leader)
    press(page, "nav a[href='/desk/signoff/']")
    press(page, "form[action$='/sign-off/'] button")
    case = again(case)
    assert (case.state, case.lead().signed_off_by) == ("under_review", cast.leader)


def test_a_reviewer_accepts_by_one_key(windows, cast):
    case = replied(cast, assisting=False)
    page = windows.open("/desk/review/", cast.reviewer)
    with page.expect_navigation():
        page.keyboard.press("F10")
    assert again(case).state == "callback"
    assert again(case).events.filter(kind="reply_approved").exists()


def test_an_agent_notes_the_answers_by_keys(windows, cast):
    case = replied(cast, assisting=False)
    case.approve_reply(by=cast.reviewer, at=NOON + 6 * LATER)
    page = windows.open("/desk/callbacks/", cast.agent)
    for key in "qa5":
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press("F10")
    assert page.locator(".problems, [role=alert]").all_inner_texts() == []
    case = again(case)
    assert case.state == "closed"
    rating = Evaluation.objects.get(case=case)
    assert (rating.score, rating.contacted, rating.solved) == (5, True, True)


def test_a_citizen_files_follows_and_rates_without_script(windows, cast, monkeypatch):
    call_command("make_site", verbosity=0)
    monkeypatch.setattr(guards, "FASTEST", timedelta(0))
    page = windows.open("/file/", size="390", script=False)
    choose(page, "danger", "no")
    choose(page, "demand_type", "help")
    press(page, "main .btn--main")
    page.fill("[name=content]", "人民路东段路灯整排不亮，夜里看不见路，请尽快派人修理。")
    page.select_option("[name=region]", label="石桥镇")
    press(page, "main .btn--main")
    page.fill("[name=name]", "王桂芬")
    page.fill("[name=phone]", "138 0731 6217")
    press(page, "main .btn--main")
    number, code = (text.replace(" ", "") for text in page.locator(".huge").all_inner_texts())
    case = Case.objects.get()
    assert (case.number, case.query_code, case.state) == (number, code, "submitted")
    handle(case, cast)
    other = windows.open("/progress/", size="390", script=False)
    other.fill("[name=number]", number)
    other.fill("[name=code]", code)
    press(other, "main .btn--main")
    assert REPLY["public_reply"] in other.locator("main").inner_text()
    choose(other, "score", "5")
    choose(other, "solved", "yes")
    press(other, "#rating .btn--main")
    assert Evaluation.objects.get(case=case).score == 5
    assert again(case).state == "closed"


def handle(case, cast):
    """What the office and the unit do meanwhile."""
    at = case.registered_at
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=at)
    case.dispatch(lead=cast.housing, by=cast.dispatcher, at=at)
    task = case.lead()
    task.sign(by=cast.clerk, at=at)
    task.record_first_contact(method="phone", note="已联系。", by=cast.clerk, at=at)
    task.submit_reply(**REPLY, by=cast.clerk, at=at)
    task.sign_off(by=cast.leader, at=at)
    again(case).approve_reply(by=cast.reviewer, at=at)


def test_a_supervisor_goes_from_a_rate_to_its_cases_in_one_click(windows, cast):
    case = replied(cast, assisting=False)
    Case.objects.get(pk=case.pk).approve_reply(by=cast.reviewer, at=NOON + 6 * LATER)
    page = windows.open("/desk/figures/", cast.supervisor)
    press(
        page,
        "a[href*='/desk/figures/first_contact_on_time/cases/'], a[href*='/figures/signed_on_time/cases/']",
    )
    assert case.number in page.locator("main").inner_text()
