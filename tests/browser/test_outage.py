"""The database goes away while somebody sends: the page keeps what was written and sends it again."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import gettext

from cases.models import Case
from config import outage
from hotline.channels.forms import guards
from hotline.channels.mailbox import views
from tests.browser.conftest import press
from tests.browser.test_logged_out import in_the_text_stands, the_console_names_only, write
from tests.browser.test_screens import barriers
from tests.config.outages import refused

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LETTER = "人民路东段路灯从上周起整排不亮。\n夜里看不见路，请尽快派人修理。"


@pytest.fixture
def away(monkeypatch):
    """Let the database be away at intake; ``away.over()`` ends it."""
    monkeypatch.setattr(outage, "PATIENCE", 0.1)
    real, is_over = views.intake.take_in, []

    def take_in(*args, **words):
        if not is_over:
            refused()
        return real(*args, **words)

    monkeypatch.setattr(views.intake, "take_in", take_in)
    take_in.over = lambda: is_over.append(1)
    return take_in


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("size", ["1366", "390"])
def test_a_letter_is_sent_again_from_the_page_that_refused_it(
    windows, cast, away, monkeypatch, script, size
):
    cache.clear()
    call_command("make_site", verbosity=0)
    monkeypatch.setattr(guards, "FASTEST", guards.timedelta())
    page = windows.open("/mailbox/mayor/", size=size, script=script)
    page.fill("[name=title]", "人民路的路灯不亮")
    page.fill("[name=content]", LETTER)
    page.fill("[name=name]", "王桂芬")
    page.fill("[name=phone]", "13807316217")
    press(page, "main form button.btn--main")
    assert page.locator("h1").inner_text() == gettext("Interrupted for a moment")
    assert LETTER in page.input_value("textarea[name=content]")
    assert page.locator("textarea").count() == 4  # title, letter and name, nothing of the machine
    if script:
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert not Case.objects.exists()
    away.over()
    press(page, "button.btn--main")
    assert "/receipts/" in page.url
    assert Case.objects.get().content.replace("\r", "") == LETTER
    the_console_names_only(windows, "503")


def test_a_draft_that_meets_an_outage_is_told_in_its_place(windows, cast, monkeypatch):
    from hotline.desk.calls import views as calls

    page = windows.open(reverse("desk:operator"), cast.operator)
    monkeypatch.setattr(outage, "PATIENCE", 0.1)
    monkeypatch.setattr(calls.Draft, "keep", lambda *_args, **_words: refused())
    write(page, "路灯坏了三天")
    in_the_text_stands(
        page,
        "#saved",
        gettext(
            "Not kept. Leave this page open, check the network or log in again in another window, "
            "then write on."
        ),
    )
    assert page.input_value("#id_content") == "路灯坏了三天"
    the_console_names_only(windows, "503")
