"""Whatever is typed and however it ends, no number and no name of a citizen comes into a log."""

import logging

import pytest
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter

from hotline import intake
from hotline.channels.web import views as filing
from tests import log_text
from tests.permissions.people import browser_of
from tests.site.conftest import CONTACT, pages, to_contact  # noqa: F401 - a fixture

PHONE, NAME, PAPER = "13807316217", "王桂芬", "430329198501011234"
SPACED = "138 0731 6217"
SPELLED = (PHONE, SPACED, "１３８０７３１６２１７", NAME, PAPER)
CALL = {
    "phone": "138 0731 6217",
    "name": NAME,
    "content": f"我叫{NAME}，身份证{PAPER}，电话{PHONE}，路灯坏了。",
    "demand_type": "help",
    "urgency": "normal",
    "category": "0701",
    "token": "token-1",
}


@pytest.fixture
def logged():
    """What the office writes at LOG_LEVEL=DEBUG, and how it is read."""
    with log_text.logged() as told:
        yield told


def assert_clean(told):
    for one in SPELLED:
        assert one not in told, told[max(0, told.index(one) - 300) :][:600]


def row_refused(*_args, **_facts):
    """As PostgreSQL says it: with the whole row."""
    row = f"(1, 4303292611230200001, {NAME}, {PHONE}, 我叫{NAME})"
    raise IntegrityError(f"null value in column\nDETAIL:  Failing row contains {row}.\n")


def read_wrong(*_args, **_facts):
    raise ValueError(f"invalid literal for int() with base 10: '{NAME} {SPACED} {PAPER}'")


def test_an_operators_day(cast, logged):
    operator, number = browser_of(cast.operator), PHONE
    operator.post("/desk/calls/", CALL | {"act": "look_up"})
    assert (
        operator.post("/desk/calls/", CALL | {"act": "accept", "urgency": "x"}).status_code == 422
    )
    assert operator.post("/desk/calls/", CALL | {"act": "accept"}).status_code == 303
    assert operator.post("/desk/calls/advice/", CALL).status_code == 200
    operator.post("/desk/calls/", CALL | {"act": "draft", "token": "token-2"})
    for typed in (
        number,
        f"电话:{number}",
        NAME,
        PAPER,
        f"停水 {number}",
        "１３８０７３１６２１７",
    ):
        operator.post("/desk/search/", {"q": typed}, follow=True)
        operator.get("/desk/search/", {"q": typed}, follow=True)
    for place in (f"/desk/cases/{number}/", f"/desk/{NAME}/", f"/desk/cases/{PAPER}/sheet/"):
        assert operator.get(place).status_code == 404
    told = logged()
    assert "Not Found: /desk/cases/…/" in told
    assert "Unprocessable" in told
    assert_clean(told.replace(f"/desk/{NAME}/", ""))  # an address of no form, typed by hand


@pytest.mark.parametrize("fails", [row_refused, read_wrong])
def test_a_crash_while_a_call_is_kept(cast, logged, monkeypatch, fails):
    monkeypatch.setattr(intake, "accept", fails)
    answer = browser_of(cast.operator).post("/desk/calls/", CALL | {"act": "accept"})
    assert answer.status_code == 500
    told = logged()
    assert "Internal Server Error: /desk/calls/" in told
    assert "Traceback" in told
    assert fails.__name__ in told  # where it was is told
    assert_clean(told)


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("fails", [None, row_refused, read_wrong])
def test_a_citizens_letter(logged, monkeypatch, fails):
    client = Client(raise_request_exception=False)
    place = to_contact(client)
    assert client.post(place, CONTACT | {"phone": f"{PHONE}7"}).status_code == 422
    if fails:
        monkeypatch.setattr(filing.filings, "send", fails)
    answer = client.post(place, CONTACT | {"content": f"我叫{NAME}"})
    assert answer.status_code == (500 if fails else 303)
    client.get("/search/", {"q": PHONE}, follow=True)
    client.post("/progress/", {"number": PHONE, "code": PAPER})
    client.get(f"/progress/{PHONE}/")
    assert_clean(logged())


def test_nothing_is_mailed_and_a_report_holds_no_value():
    loggers = [logging.getLogger(name) for name in ("", *logging.root.manager.loggerDict)]
    assert not [one for one in loggers for h in one.handlers if isinstance(h, AdminEmailHandler)]
    request = RequestFactory().post("/desk/calls/", CALL)
    try:
        read_wrong(CALL)
    except ValueError as error:
        report = ExceptionReporter(request, type(error), ValueError("gone"), error.__traceback__)
    for text in (report.get_traceback_text(), report.get_traceback_html()):
        assert_clean(text)
        assert "phone" in text  # what was sent is named
