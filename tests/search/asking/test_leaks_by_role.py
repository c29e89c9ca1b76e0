"""Every role × every way of asking: to who may not see a case, all answers are as before it was there.

First everybody asks, then a secret report is planted that would match everything that was asked, then they
ask again. Who may see it is told something new by each way; to everybody else not a character changes.
"""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from cases.events.outbox import drain
from cases.models import Case, Notice
from cases.people.permissions import ACTS
from cases.system.acts import ask
from cases.words import Role
from search.asking.finding import find, may_find_by_phone
from search.asking.question import Question
from search.engines.chosen import engines
from search.indexing import checking
from search.models import SavedSearch
from search.saved.telling import subscribe, tell_subscribers
from tests.cast import NOON, person, wang_says

CANARY = "金丝雀密语"
PHONE, TAIL, NAME = "13973245871", "5871", "鲁三省"
TEXT = (
    f"幸福家园路灯杆倾斜随时会倒，{CANARY}说局里有人倒卖路灯杆，每月初九夜里由蓝色皮卡运往废品收购站，"
    "账本锁在三楼会计抽屉，愿当面指认但求严守姓名"
)
LATER = NOON + timedelta(hours=2)
SEES = {"dispatcher", "reviewer", "callback", "supervisor", "water_clerk", "water_leader"}
# What differs between two answers to the same request: keys, nonces, the time of the answer.
VOLATILE = re.compile(
    r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|asked=[\w:-]+'
    r'|name="asked" value="[^"]*"'
    r"|一分钟内首次查看。|最近查看 今天 [\d:]+"  # that it was looked for, not what was found
    r"|截至 [\d:]+|name=\"token\" value=\"[^\"]*\""
)


@pytest.fixture
def people(cast):
    """Each role, the accused unit's and a stranger's people, and who has left."""
    return {
        "operator": cast.operator,
        "dispatcher": cast.dispatcher,
        "reviewer": cast.reviewer,
        "callback": cast.agent,
        "supervisor": cast.supervisor,
        "clerk": cast.clerk,  # of the unit complained about
        "leader": cast.leader,
        "water_clerk": cast.other_clerk,  # of the unit that handles it
        "water_leader": cast.other_leader,
        "town_clerk": person("town_clerk", "钱多", cast.town, "clerk"),
        "unitless": person("unitless", "无单位", None, "clerk"),
        "system_admin": cast.sysadmin,
        "security_admin": person("guard", "罗琴", None, "security_admin"),
        "audit_admin": cast.auditor,
        "left": person("left", "已离职", cast.office),
    }


@pytest.fixture
def ordinary(say, cast):
    """Cases that the office and each unit see; alike enough to be proposed."""
    made = {}
    for unit in (cast.housing, cast.water, cast.town):
        case = say(
            f"幸福家园路灯杆倾斜，{unit.short_name}来看", title="路灯杆倾斜", address="幸福家园"
        )
        case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
        case.dispatch(lead=unit, basis="目录", by=cast.dispatcher, at=NOON)
        made[unit.pk] = case
    drain(at=NOON)
    return made


@pytest.fixture
def plant(cast):
    """Plant the report: about housing, handled by the waterworks, by somebody who was promised secrecy."""

    def report():
        case = wang_says(
            cast, key="canary", title=f"{CANARY}路灯杆", content=TEXT, demand_type="report",
            respondents=(cast.housing,), address="幸福家园", name=NAME, phone=PHONE,
            by=cast.dispatcher, channel="phone", at=LATER,
        )  # fmt: skip
        case.accept(category=cast.leaks, by=cast.dispatcher, at=LATER)
        case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=LATER)
        drain(at=LATER)
        return case

    return report


def searched(client, **asked):
    return client.get(reverse("desk:search"), asked)


def typed(client, words):
    return client.post(reverse("desk:search"), {"q": words}, follow=True)


def ways(user, case):
    """Each way of asking as a function of a browser."""
    found = {
        "words": lambda c: searched(c, q=CANARY),
        "no words": lambda c: searched(c, since="2026-11-01"),
        "relevance": lambda c: searched(c, q="路灯杆", sort="relevance"),
        "due first": lambda c: searched(c, q="路灯杆", sort="due"),
        "narrowed": lambda c: searched(c, q="路灯杆", channel="phone", month="2026-11"),
        "a unit": lambda c: searched(c, q="单位:自来水 幸福家园"),
        "a category": lambda c: searched(c, q="分类:停水 路灯杆"),
        "address": lambda c: searched(c, q="地址:幸福家园"),
        "all but": lambda c: searched(c, q="路灯杆 -电费"),
        "one word less": lambda c: searched(c, q=f"{CANARY} 火星"),
        "one filter less": lambda c: searched(c, q=CANARY, channel="visit"),
        "no quotes": lambda c: searched(c, q=f"“{CANARY} 路灯杆”"),
        "telephone": lambda c: typed(c, PHONE),
        "tail": lambda c: typed(c, TAIL),
        "tail field": lambda c: typed(c, f"电话:{TAIL}"),
        "name": lambda c: typed(c, NAME),
        "saved": lambda c: c.get(reverse("desk:saved_searches")),
        "export": lambda c: c.get(reverse("desk:export_new"), {"q": CANARY}),
        "exports": lambda c: c.get(reverse("desk:exports")),
        "notices": lambda c: c.get(reverse("desk:notices")),
        "caller": lambda c: c.get(reverse("desk:operator"), {"phone": PHONE}),
        "advice": lambda c: c.post(
            reverse("desk:advice"), {"content": TEXT, "phone": PHONE, "address": "幸福家园"}
        ),
        "similar": lambda c: c.get(reverse("desk:case_similar", args=[case.number])),
        "synonyms": lambda c: c.get(reverse("desk:synonyms")),
        "public": lambda c: c.get("/search/", {"q": CANARY}),
        "public letters": lambda c: c.get("/answers/", {"q": "路灯杆"}),
    }
    for saved in SavedSearch.objects.order_by("pk"):
        found[f"opened {saved.name}"] = lambda c, pk=saved.pk: c.get(
            reverse("desk:saved_search", args=[pk]), follow=True
        )
    return found


def told(user, case, after=""):
    """Every way's answer, without what differs by itself."""
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="cases.people.signed_in.StaffBackend")
    caches["process"].clear()  # as from another address: the public search counts them
    answers = {}
    for way, question in ways(user, case).items():
        answer = question(client)
        assert answer.status_code < 500, (user.username, way)
        body = VOLATILE.sub("", answer.content.decode())
        answers[way] = (answer.status_code, body)
    return answers


@pytest.fixture
def frozen():
    with time_machine.travel(LATER + timedelta(hours=1), tick=False):
        yield


def keep(owner, name, words):
    found = SavedSearch.objects.create(
        owner=owner, name=name, question=Question(words).as_json(), saved_at=NOON
    )
    found.share(owner, shared=True)
    return found


def own_case(user, ordinary):
    return ordinary.get(user.unit_id) or next(iter(ordinary.values()))


def test_nobody_who_may_not_see_it_is_told_anything(frozen, cast, people, ordinary, plant):
    assert {role for user in people.values() for role in user.roles} == set(Role.values)
    by_office = keep(cast.supervisor, "office", "路灯杆")
    by_unit = keep(cast.clerk, "housing", CANARY)
    keep(cast.other_leader, "water", CANARY)
    for name in ("operator", "dispatcher", "reviewer"):
        subscribe(by_office, people[name], "hour", at=NOON)
    subscribe(by_unit, cast.leader, "hour", at=NOON)
    tell_subscribers(at=NOON)  # the first look learns what is there already
    before = {name: told(user, own_case(user, ordinary)) for name, user in people.items()}
    report = plant()
    tell_subscribers(at=LATER + timedelta(hours=1))
    new, changed = {}, {}
    for name, user in people.items():
        now = told(user, own_case(user, ordinary))
        differs = {way for way, answer in now.items() if answer != before[name][way]}
        (new if name in SEES else changed)[name] = differs
        names_it = {way for way, (_status, body) in now.items() if report.number in body}
        assert bool(names_it) == (name in SEES), (name, names_it)
    assert {name: ways for name, ways in changed.items() if ways} == {}
    told_to = {notice.user for notice in Notice.objects.filter(kind="search_matched")}
    assert told_to == {cast.dispatcher, cast.reviewer}
    the_words = {"words", "no words", "relevance", "due first", "narrowed", "a unit", "a category"}
    the_words |= {"address", "all but", "one word less", "one filter less", "no quotes", "similar"}
    for name, differs in new.items():
        assert the_words <= differs, (name, the_words - differs)
    assert {"export", "telephone", "tail", "tail field", "opened office"} <= new["dispatcher"]
    assert {"caller", "advice"} <= new["dispatcher"]
    assert "opened water" in new["water_clerk"]


def test_the_number_of_a_hidden_case_opens_nothing(people, plant, frozen):
    number = plant().number
    for name, user in people.items():
        client = Client()
        client.force_login(user, backend="cases.people.signed_in.StaffBackend")
        for words in (number, f"单号:{number}", number[-9:], number[7:]):
            answer = typed(client, words)
            assert (f"/desk/cases/{number}" in answer.content.decode()) == (name in SEES), name
            went = [url for url, _status in answer.redirect_chain]
            assert any(f"/desk/cases/{number}" in url for url in went) <= (name in SEES)


def test_what_is_masked_cannot_be_searched(people, plant, cast):
    """A name by nobody; a telephone by the office's roles that may reveal it, on cases they see."""
    report = plant()
    Case.objects.filter(pk=report.pk).update(title="无关", content="无关")
    may = {name for name, user in people.items() if user.roles & ACTS["case.reveal"].office}
    assert may == {"operator", "dispatcher", "callback", "supervisor"}
    assert {name for name, user in people.items() if may_find_by_phone(user)} == may
    for name, user in people.items():
        for words in (f"电话:{PHONE}", f"电话:{TAIL}", f"phone:{PHONE}", f"尾号:{TAIL}"):
            hits = [hit.case for hit in find(words, user, at=LATER).hits]
            assert hits == ([report] if name in may & SEES else []), (name, words)
        for words in (NAME, NAME[1:], f"内容:{NAME}", PHONE, TAIL, f"标题:{PHONE}", f"“{PHONE}”"):
            assert find(words, user, at=LATER).total == 0, (name, words)


def test_pages_about_the_index_name_no_case(people, plant, cast, frozen):
    report = plant()
    for engine in engines():
        engine.remove([report.pk])
    ask("check", by=cast.sysadmin, at=LATER)
    act = checking.work_next(LATER)
    assert {told["first"]["missing"] for name, told in act.found.items() if name != "public"} == {1}
    for name in ("system_admin", "security_admin", "audit_admin"):
        client = Client()
        client.force_login(people[name], backend="cases.people.signed_in.StaffBackend")
        for url in ("/desk/system/", "/desk/audit/?of=system", "/desk/audit/?of=accounts"):
            said = client.get(url).content.decode()
            for canary in (CANARY, report.number, NAME, PHONE, TAIL):
                assert canary not in said, (name, url)
