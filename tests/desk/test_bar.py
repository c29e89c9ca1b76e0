"""The number in the bar is that of the screen behind it, red by the same clock, for whose work it is."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Request
from satisfaction.calling.recording import record_attempt
from tests.cast import NOON, wang_says
from tests.desk.stages import LATER, contacted, drafted, replied

DAY = timedelta(days=1)


def in_bar(client, name):
    """Number and redness of an entry as the page of notices draws it; ``None``: no such entry."""
    page = client.get(reverse("desk:notices")).content.decode()
    bar = page[page.index("<nav") : page.index("</nav>")]
    found = re.search(rf'<a href="{reverse(name)}"[^>]*>(.*?)</a>', bar, re.DOTALL)
    if found is None:
        return None
    count = re.search(r'class="count( count--late)?">([\d,]+)<', found[1])
    return (int(count[2]), bool(count[1])) if count else (0, False)


def unhappy(cast):
    case = replied(cast)
    case.approve_reply(by=cast.reviewer, at=NOON + 6 * LATER)
    case = Case.objects.get(pk=case.pk)
    record_attempt(
        case,
        result="reached",
        satisfaction=1,
        reason="slow",
        note="太慢",
        by=cast.agent,
        at=NOON + 2 * DAY,
    )
    return Case.objects.get(pk=case.pk)


def test_a_dissatisfied_citizen_presses_by_the_clock_of_the_list(cast, browser, monday):
    """The review of the dissatisfaction is due, not the one of the reply, which was over long ago."""
    case = unhappy(cast)
    assert case.review_due_at < case.callback_due_at
    for moment, late in (
        (case.review_due_at + LATER, False),
        (case.callback_due_at - LATER, False),
        (case.callback_due_at + LATER, True),
    ):
        monday.move_to(moment)
        assert in_bar(browser(cast.reviewer), "satisfaction:dissatisfied") == (1, late), moment
        page = browser(cast.reviewer).get(reverse("satisfaction:dissatisfied")).content.decode()
        assert ("clock--late" in page) is late, moment


def test_a_letter_not_taken_on_in_time_presses(cast, browser, monday):
    case = wang_says(cast)
    assert in_bar(browser(cast.dispatcher), "routing:dispatch") == (1, False)
    monday.move_to(case.intake_due_at + LATER)
    assert in_bar(browser(cast.dispatcher), "routing:dispatch") == (1, True)
    assert browser(cast.dispatcher).get(reverse("routing:dispatch")).context["counts"].late == 1


def test_who_is_to_be_called_later_is_not_counted_now(cast, browser, monday):
    case = replied(cast)
    case.approve_reply(by=cast.reviewer, at=NOON + 6 * LATER)
    assert in_bar(browser(cast.agent), "satisfaction:callbacks") == (1, False)
    sent = reverse("satisfaction:callback_attempts", args=[case.number])
    assert browser(cast.agent).post(sent, {"result": "no_answer"}).status_code == 303
    assert in_bar(browser(cast.agent), "satisfaction:callbacks") == (0, False)
    page = browser(cast.agent).get(reverse("satisfaction:callbacks"))
    assert (page.context["total"], page.context["later"]) == (0, 1)
    monday.move_to(timezone.now() + timedelta(days=2))
    assert in_bar(browser(cast.agent), "satisfaction:callbacks") == (1, False)
    monday.move_to(case.callback_due_at + LATER)
    assert in_bar(browser(cast.agent), "satisfaction:callbacks") == (1, True)


def test_a_return_asked_before_the_reply_waits_in_the_list_and_in_the_bar(cast, browser):
    case = contacted(cast)
    task = case.lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.clerk, at=NOON + 4 * LATER)
    assert in_bar(browser(cast.leader), "desk:signoff") == (1, False)
    assert len(browser(cast.leader).get(reverse("desk:signoff")).context["returns"]) == 1


def test_a_reply_presses_the_leader_by_the_time_of_the_task(cast, browser, monday):
    task = drafted(cast).lead()
    assert in_bar(browser(cast.leader), "desk:signoff") == (1, False)
    monday.move_to(task.due_at + LATER)
    assert in_bar(browser(cast.leader), "desk:signoff") == (1, True)


def test_whoever_decides_extensions_finds_them(cast, browser):
    """A supervisor may decide them, and returns not: one entry, one number."""
    task = contacted(cast).lead()
    more = {"reason": cast.needs_works, "text": "需等配件", "days": 2}
    task.ask_extension(**more, by=cast.clerk, at=NOON + 4 * LATER)
    other = contacted(cast, key="form-2").lead()
    other.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.leader, at=NOON + 4 * LATER)
    assert Request.objects.count() == 2
    assert in_bar(browser(cast.dispatcher), "routing:requests") == (2, False)
    assert in_bar(browser(cast.supervisor), "routing:requests") == (1, False)
    assert in_bar(browser(cast.agent), "routing:requests") is None
    assert browser(cast.supervisor).get(reverse("routing:requests")).status_code == 200


@pytest.mark.parametrize(
    ("name", "screen"),
    [
        ("operator", "desk:operator"),
        ("dispatcher", "routing:dispatch"),
        ("clerk", "desk:worklist"),
        ("leader", "desk:signoff"),
        ("reviewer", "desk:reply_review"),
        ("agent", "satisfaction:callbacks"),
        ("supervisor", "satisfaction:board"),
        ("auditor", "desk:audit"),
        ("sysadmin", "desk:settings"),
    ],
)
def test_the_day_begins_on_a_screen_of_the_bar(cast, browser, name, screen):
    client = browser(getattr(cast, name))
    answer = client.get(reverse("desk:home"))
    assert (answer.status_code, answer.url) == (302, reverse(screen))
    assert in_bar(client, screen) is not None
