"""Logged out, or without a server, in the middle of something: it is told, and nothing typed is lost."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import gettext

from hotline.models import Draft
from search.engines.port import PAGE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOT_KEPT = (
    "Not kept. Leave this page open, check the network or log in again in another window, "
    "then write on."
)
NOT_COUNTED = "Not counted. Try again"


def in_the_text_stands(page, selector, words):
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)",
        arg=[selector, words],
    )


def write(page, text):
    page.fill("#id_content", text)
    page.dispatch_event("#id_content", "change")


def log_in_beside(page, windows, user):
    """Another window of the same browser, with a session and a token of its own."""
    page.context.clear_cookies()
    fresh = windows.open("/desk/", user).context.cookies()
    page.context.add_cookies(fresh)
    assert {"sessionid", "csrftoken"} <= {cookie["name"] for cookie in fresh}


def the_console_names_only(windows, *faults):
    """The browser and htmx write down what failed; nothing else may stand there."""
    assert windows.said
    assert [line for line in windows.said if not any(fault in line for fault in faults)] == []
    windows.said.clear()


def test_a_call_goes_on_after_logging_in_again(windows, cast):
    page = windows.open(reverse("desk:operator"), cast.operator)
    write(page, "路灯坏了三天")
    in_the_text_stands(page, "#saved", gettext("Draft kept %(at)s") % {"at": ""})
    Session.objects.all().delete()
    write(page, "路灯坏了三天，晚上看不见路")
    in_the_text_stands(page, "#saved", gettext(NOT_KEPT))
    assert page.locator("#saved form").count() == 0  # not the page to log in on
    log_in_beside(page, windows, cast.operator)
    write(page, "路灯坏了三天，晚上看不见路，老人摔了")
    in_the_text_stands(page, "#saved", gettext("Draft kept %(at)s") % {"at": ""})
    assert Draft.objects.get().fields["content"] == "路灯坏了三天，晚上看不见路，老人摔了"
    with page.expect_navigation():
        page.click("button[value=draft]")
    assert page.url == windows.url + reverse("desk:drafts")
    the_console_names_only(windows, "401")


def test_a_number_that_cannot_be_counted_can_be_asked_for_again(windows, cast, common_word):
    page = windows.open("/desk/", cast.dispatcher)
    page.route("**/*counts=now*", lambda route: route.abort())
    page.goto(windows.url + "/desk/search/?q=路灯")
    in_the_text_stands(page, "#count", gettext(NOT_COUNTED))
    assert page.locator(".hits > li").count() == PAGE
    page.unroute("**/*counts=now*")
    with page.expect_navigation():
        page.click("#count a")
    assert page.inner_text("#count") == f"{PAGE + 1} 件"
    the_console_names_only(windows, "ERR_FAILED", "htmx:")
