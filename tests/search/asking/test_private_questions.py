"""A telephone number stands in no address: it is sent, kept sealed for a while, and named by a key."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from search.asking.question import Question, is_private
from tests.cast import NOON

URL = "/desk/search/"
PHONE = "13807316217"


@pytest.fixture
def browser(client, cast):
    client.force_login(cast.dispatcher)
    return client


@pytest.mark.parametrize(
    "words",
    [
        PHONE,
        "138 0731 6217",
        "１３８０７３１６２１７",
        "+86-138-0731-6217",
        "(0731) 58212345",
        "5821234",
        "停水 13807316217",
        "电话:6217",
        "phone:6217",
    ],
)
def test_what_looks_a_person_up_is_told(words):
    assert is_private(words)


def test_words_case_numbers_and_tails_may_stand_in_an_address(say):
    case = say("停水")
    for words in ("停水 3天", "6217", "人民路 128号 5栋", case.number, f"单号:{case.number}"):
        assert not is_private(words), words


def chain(answer):
    """Every address that was gone to."""
    return [answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"]] + [
        url for url, _ in answer.redirect_chain
    ]


@pytest.mark.parametrize("way", ["post", "get"])
def test_the_number_is_in_no_address_link_or_title(say, browser, way):
    cases = [say(f"路灯不亮{n}", phone=PHONE) for n in "一二三"]
    answer = getattr(browser, way)(URL, {"q": PHONE, "channel": "web"}, follow=True)
    shown = answer.content.decode()
    assert all(case.number in shown for case in cases)
    assert "asked=" in answer.redirect_chain[-1][0]
    assert not any(PHONE in url for url in chain(answer))
    for part in shown.split("href=")[1:]:
        assert PHONE not in part.split(">")[0]
    assert PHONE not in shown.split("</title>")[0]
    assert "no-store" in answer.headers["Cache-Control"]


def test_facets_and_pages_go_on_with_the_key(say, browser):
    web = say("路灯不亮", phone=PHONE)
    phone = say("停水", phone=PHONE, channel="phone")
    answer = browser.post(URL, {"q": PHONE})
    assert answer.status_code == 303
    narrowed = browser.get(f"{answer.url}&channel=phone&sort=due").content.decode()
    assert phone.number in narrowed
    assert web.number not in narrowed


def test_the_session_holds_it_sealed_and_not_for_long(say, browser):
    case = say("路灯不亮", phone=PHONE)
    with time_machine.travel(NOON, tick=False) as clock:
        url = browser.post(URL, {"q": PHONE}).url
        kept = Session.objects.get(pk=browser.session.session_key).get_decoded()
        assert kept["questions"]
        assert PHONE not in json.dumps(kept)
        clock.move_to(NOON + timedelta(minutes=14))
        assert case.number in browser.get(url).content.decode()
        clock.move_to(NOON + timedelta(minutes=30))
        late = browser.get(url).content.decode()
    assert case.number not in late
    assert "15 分钟" in late


def test_a_key_opens_nothing_in_another_session(say, browser, client, cast):
    case = say("路灯不亮", phone=PHONE)
    url = browser.post(URL, {"q": PHONE}).url
    client.logout()
    client.force_login(cast.supervisor)
    assert case.number not in client.get(url).content.decode()


def test_it_is_not_logged(say, browser, caplog, capsys, monkeypatch):
    from search.engines import chosen

    monkeypatch.setattr(
        type(chosen.engine()), "search", lambda *_: (_ for _ in ()).throw(_failure())
    )
    say("路灯不亮", phone=PHONE)
    browser.post(URL, {"q": PHONE}, follow=True)
    told = caplog.text + "".join(capsys.readouterr())
    assert "search failed" in told  # the failure itself was told, with its place
    assert "Traceback" in told
    assert PHONE not in told


def _failure():
    from django.db import DatabaseError

    return DatabaseError("gone")


def test_it_is_neither_saved_nor_exported(say, browser, cast):
    from search.models import ExportRequest, SavedSearch

    say("路灯不亮", phone=PHONE)
    for words in (PHONE, "电话:6217"):
        saved = browser.post("/desk/searches/", {"q": words, "name": "老王"})
        assert saved.status_code == 422
        asked = browser.post("/desk/exports/new/", {"q": words, "reason": "核对"})
        assert asked.status_code == 422
    assert not SavedSearch.objects.exists()
    assert not ExportRequest.objects.exists()
    assert Question(PHONE).is_private


def test_a_question_in_use_goes_on_when_the_key_is_changed_and_one_in_doubt_is_over(key_file, rf):
    from cases.privacy.keyring import PERSONAL
    from hotline.desk.search import private
    from tests.cases.privacy.ring import keep_newest, put_first

    request = rf.get("/")
    request.session = {}
    used, unused = private.keep(request, "电话:13807316217"), private.keep(request, "尾号:6217")
    put_first(key_file, PERSONAL)
    assert private.read(request, used) == "电话:13807316217"
    keep_newest(key_file, PERSONAL)
    assert private.read(request, used) == "电话:13807316217"
    assert private.read(request, unused) is None
    assert private.read(request, unused) is None
