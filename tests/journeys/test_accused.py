"""A report about a unit, brought through the real forms: its whole line never learns of it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cases.events.outbox import drain
from cases.models import Case, Unit
from hotline.models import Filing
from tests.cast import NOON, person
from tests.journeys.office import Office
from tests.routing.folk import rule

WORDS = "抄表员每月来收二十元现金不开票，已经半年了，请查一查。"
PAGES = ("desk:worklist", "desk:notices", "desk:signoff", "satisfaction:figures", "desk:search")


@pytest.fixture
def office(cast, settings, tmp_path):
    """Monday noon; the water company has a section and a colleague section."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    with time_machine.travel(NOON, tick=False) as clock:
        made = Office(cast, clock)
        made.line = line_of(cast)
        yield made


def line_of(cast):
    meters = section(cast.water, "meters", "县自来水公司抄表所")
    office = section(cast.water, "counter", "县自来水公司营业厅")
    return [
        cast.other_clerk,
        cast.other_leader,
        person("meters", "杜平", meters, "clerk"),
        person("counter", "田芳", office, "clerk", "leader"),
    ]


def section(unit, code, name):
    return Unit.objects.create(code=code, name=name, short_name=name, kind="section", parent=unit)


def by_web(office, whom, kind="report"):
    answer = office.citizen.post("/file/", {"danger": "no", "demand_type": kind})
    matter = {"content": WORDS, "region": "430329101", "respondent": whom, "act": "next"}
    step = office.citizen.post(answer["Location"], matter)
    assert step.status_code == 303, step.content.decode()
    Filing.objects.update(created_at=office.now - timedelta(minutes=1))
    office.later()
    contact = {"name": "司徒雀", "phone": "13907318990", "act": "send", "is_confidential": "on"}
    assert office.citizen.post(step["Location"], contact).status_code == 303


def by_letter(office, whom, kind="report"):
    page = office.citizen.get("/mailbox/magistrate/")
    stamp = page.context["form"]["stamp"].value()
    office.later()
    letter = {
        "stamp": stamp,
        "title": "反映收费问题",
        "demand_type": kind,
        "content": WORDS,
        "respondent": whom,
        "name": "司徒雀",
        "phone": "13907318990",
    }
    answer = office.citizen.post("/mailbox/magistrate/", letter)
    assert answer.status_code == 303, answer.content.decode()


def by_phone(office, whom, kind="report"):
    office.call("accept", content=WORDS, demand_type=kind, respondent=whom, is_secret="on")


CHANNELS = {"web": by_web, "letter": by_letter, "phone": by_phone}


def settle(office, **said):
    url = reverse("routing:respondent", args=[office.case.number])
    office.act(office.cast.dispatcher, url, {"respondent": "", "respondent_unit": ""} | said)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("whom", ["县自来水公司", "自来水公司的抄表员王某"])
def test_a_report_about_a_unit_reaches_another_and_never_its_line(office, channel, whom):
    CHANNELS[channel](office, whom)
    case = office.case
    assert (case.secrecy, case.demand_type) == ("secret", "report")
    if (
        case.respondent_state == "open"
    ):  # not unmistakable: the dispatcher is shown the unit and takes it
        page = office.page(
            office.cast.dispatcher, f"{reverse('routing:dispatch')}?case={case.number}"
        )
        assert 'value="water" checked' in page
        settle(office, respondent="water")
    assert [row.unit for row in office.case.accused] == [office.cast.water]
    refused = try_to_send(office, "meters")
    assert "被反映" in refused
    office.send_to("housing")
    drain(office.now)
    assert office.case.number in office.page(office.cast.clerk, reverse("desk:worklist"))
    for one in office.line:
        assert sees_nothing(one, office.case)


def try_to_send(office, unit):
    client = Client()
    client.force_login(office.cast.dispatcher, backend="cases.people.signed_in.StaffBackend")
    said = {
        "category": "城市管理 › 路灯",
        "demand_type": "report",
        "urgency": "normal",
        "unit": unit,
    }
    answer = client.post(reverse("routing:assignment", args=[office.case.number]), said)
    assert answer.status_code == 422
    assert not office.case.assignments.exists()
    return answer.content.decode()


def sees_nothing(one, case):
    client = Client()
    client.force_login(one, backend="cases.people.signed_in.StaffBackend")
    pages = [reverse(name) for name in PAGES]
    pages += [f"{reverse('desk:search')}?q=抄表员", f"{reverse('desk:search')}?q={case.number}"]
    told = "".join(client.get(page).content.decode() for page in pages)
    hidden = client.get(reverse("desk:case", args=[case.number]))
    # the search page repeats what was typed: only a hit links to a case
    return hidden.status_code == 404 and f"/cases/{case.number}" not in told and WORDS not in told


@pytest.mark.parametrize("channel", ["web", "letter"])
def test_a_report_says_whom_it_is_about(office, channel):
    with pytest.raises(AssertionError, match="举报"):
        CHANNELS[channel](office, "")
    assert not Case.objects.exists()


def test_an_operator_asks_whom_it_is_about(office):
    with pytest.raises(AssertionError, match="举报"):
        by_phone(office, "")
    assert not Case.objects.exists()


def test_an_operator_is_told_what_to_do_with_words_that_name_no_unit(office):
    with pytest.raises(AssertionError, match="F6"):
        office.call("dispatch", demand_type="complaint", respondent="张三丰", lead="housing")
    assert not Case.objects.exists()


def test_other_matters_are_not_asked(office):
    office.file()
    assert office.case.respondent_state == ""


def test_none_of_ours_lets_it_go(office):
    by_web(office, "省城某装修公司")
    assert "被反映" in try_to_send(office, "water")
    settle(office, respondent="outside")
    office.send_to("water")
    assert office.case.state == "dispatched"


def test_a_report_that_becomes_something_else_says_so_and_stays_protected(office):
    by_phone(office, "县自来水公司")
    said = {"category": "城市管理 › 停水", "demand_type": "help", "urgency": "urgent", "region": ""}
    url = reverse("routing:class", args=[office.case.number])
    office.act(office.cast.dispatcher, url, said)
    case = office.case
    assert (case.demand_type, case.secrecy, case.respondent_state) == ("help", "secret", "unit")
    assert [row.unit for row in case.accused] == [office.cast.water]
    page = office.page(office.cast.dispatcher, reverse("desk:case", args=[case.number]))
    assert "诉求类型由“举报”改为“求助”" in page
    assert "紧急程度由“一般”改为“紧急”" in page
    assert "分类由“城市管理 › 路灯”改为“城市管理 › 停水”" in page
    assert "前为“举报”（张蕾更改）" in page
    assert "保密级别仍为“机密”" in page
    assert "被反映" in try_to_send(office, "meters")


@pytest.mark.parametrize("channel", ["letter", "phone"])
@pytest.mark.parametrize("kind", ["consult", "help", "suggestion"])
def test_whom_it_is_about_counts_whatever_the_matter_was_taken_for(office, channel, kind):
    """An enquiry by its type whose writer says which unit must not have it."""
    CHANNELS[channel](office, "县自来水公司", kind)
    assert office.case.accused_units == [office.cast.water]
    assert "被反映" in try_to_send(office, "water")
    assert office.case.assignments.count() == 0


def test_a_letter_may_be_confidential(office):
    page = office.citizen.get("/mailbox/magistrate/")
    office.later()
    letter = {
        "stamp": page.context["form"]["stamp"].value(),
        "title": "楼道积水没人管",
        "demand_type": "complaint",
        "content": WORDS,
        "name": "司徒雀",
        "phone": "13907318990",
        "is_confidential": "on",
    }
    assert office.citizen.post("/mailbox/magistrate/", letter).status_code == 303
    assert office.case.secrecy == "confidential"


@pytest.mark.parametrize(("whom", "is_theirs"), [("曾志强", True), ("曾志远", False)])
def test_a_report_on_a_person_proposes_where_they_work_and_suggests_it_not(office, whom, is_theirs):
    """曾志强 works at the water company, which a rule suggests: its own people would read it."""
    rule(words="抄表员", lead="water", assisting="")
    clerk = office.cast.other_clerk
    type(clerk).objects.filter(pk=clerk.pk).update(name="曾志强")
    by_web(office, whom)
    office.case.accept(category=office.cast.leaks, by=office.cast.dispatcher, at=office.now)
    page = office.page(
        office.cast.dispatcher, f"{reverse('routing:dispatch')}?case={office.case.number}"
    )
    assert ('value="water" checked' in page) is is_theirs  # ticked among those it may be about
    assert ('name="unit" value="water"' in page) is not is_theirs


def test_the_sheet_says_how_secret_it_is_and_whom_it_is_about(office):
    by_web(office, "县自来水公司")
    office.send_to("housing")
    sheet = office.page(office.cast.clerk, reverse("desk:case_sheet", args=[office.case.number]))
    assert "<b>机密</b>" in sheet
    assert "县自来水公司 · 不派给被反映单位及其上下级" in " ".join(sheet.split())


def test_the_sheet_names_no_secret_citizen_whoever_prints_it(office):
    by_web(office, "县自来水公司")
    office.send_to("housing")
    url = reverse("desk:case_sheet", args=[office.case.number])
    for who in (office.cast.supervisor, office.cast.dispatcher, office.cast.clerk):
        sheet = office.page(who, url)
        assert "由热线办保密" in sheet
        assert office.case.petitioner.name_mask not in sheet
