"""What people are not proposed, not given and not allowed to name, each with a sentence that says why."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cases.models import Attachment
from hotline.models import Filing
from tests.cast import NOON
from tests.journeys.office import MATTER, Office
from tests.journeys.test_accused import by_phone, settle
from tests.papers import pdf
from tests.routing.folk import rule

WHY = "被反映单位（县自来水公司）及其上下级不在推荐之列"
KEPT = "由热线办保管"


@pytest.fixture
def office(cast, settings, tmp_path):
    """Monday noon; leaks go to the water company."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    rule(words="抄表", lead="water", assisting="housing")
    with time_machine.travel(NOON, tick=False) as clock:
        yield Office(cast, clock)


def client_of(one):
    client = Client()
    client.force_login(one, backend="cases.people.signed_in.StaffBackend")
    return client


def advice(office, **said):
    typed = {"content": "抄表的人每月收现金不开票。", "demand_type": "complaint"} | said
    answer = client_of(office.cast.operator).post(reverse("desk:advice"), typed)
    return answer.content.decode()


def test_the_operator_is_not_proposed_whom_the_caller_complains_about(office):
    assert 'value="water"' in advice(office)
    for said in ("县自来水公司", "自来水公司的抄表员王某", "县自来水公司和县教育局"):
        page = advice(office, respondent=said)
        assert 'value="water"' not in page
        assert WHY in page
    assert 'value="water"' in advice(office, respondent="张三")
    # whatever the matter is taken for: who writes whom it is about is heard
    assert 'value="water"' not in advice(office, respondent="县自来水公司", demand_type="help")


def test_the_desk_says_why_a_unit_is_not_proposed(office):
    by_phone(office, "县自来水公司", "complaint")
    url = f"{reverse('routing:dispatch')}?case={office.case.number}"
    page = office.page(office.cast.dispatcher, url)
    assert WHY in page
    assert 'name="unit" value="water"' not in page
    asked = {"category": "ts", "demand_type": "complaint", "urgency": "normal"}
    part = client_of(office.cast.dispatcher).post(
        reverse("routing:advice", args=[office.case.number]), asked
    )
    assert WHY in part.content.decode()


def test_a_return_cannot_name_the_unit_complained_about(office):
    by_phone(office, "县自来水公司", "complaint")
    office.send_to("housing")
    url = office.task("task_return")
    said = {
        "return-reason": office.cast.wrong_unit.pk,
        "return-basis": "三定方案第七条",
        "return-suggested_unit": office.cast.water.pk,
    }
    answer = client_of(office.cast.clerk).post(url, said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "县自来水公司”是被反映单位或其上下级，不能作为建议单位" in page
    assert "热线办" in page  # the way out
    assert "三定方案第七条" in page
    assert not office.case.lead().requests.exists()
    office.act(office.cast.clerk, url, said | {"return-suggested_unit": office.cast.town.pk})


def test_a_unit_named_on_return_before_it_was_accused_is_not_proposed(office):
    by_phone(office, "", "complaint")
    office.send_to("housing")
    said = {
        "return-reason": office.cast.wrong_unit.pk,
        "return-basis": "三定方案第七条",
        "return-suggested_unit": office.cast.water.pk,
    }
    office.act(office.cast.leader, office.task("task_return"), said)
    request = office.case.lead().requests.get()
    decided = reverse("routing:decision", args=[request.pk])
    office.act(office.cast.dispatcher, decided, {"act": "grant", "note": "同意"})
    settle(office, respondent_unit="县自来水公司")
    page = office.page(
        office.cast.dispatcher, f"{reverse('routing:dispatch')}?case={office.case.number}"
    )
    assert 'name="unit" value="water"' not in page


def file_with_a_paper(office, **contact):
    answer = office.citizen.post("/file/", {"danger": "no", "demand_type": "help"})
    paper = SimpleUploadedFile("王桂芬的合同.pdf", pdf("contract"), "application/pdf")
    answer = office.citizen.post(answer["Location"], MATTER | {"files": paper})
    Filing.objects.update(created_at=office.now - timedelta(minutes=1))
    office.later()
    said = {"name": "王桂芬", "phone": "13807316217", "act": "send"} | contact
    assert office.citizen.post(answer["Location"], said).status_code == 303
    assert Attachment.objects.count() == 1
    office.send_to("housing")


def both_pages(office, one):
    number = office.case.number
    pages = ("desk:case", "desk:case_sheet")
    return [office.page(one, reverse(name, args=[number])) for name in pages]


def test_a_unit_reads_that_files_are_kept_and_nothing_of_them(office):
    file_with_a_paper(office, is_confidential="on")
    for page in both_pages(office, office.cast.clerk):
        assert KEPT in page
        assert "合同" not in page
    assert "〔姓名〕的合同.pdf" in both_pages(office, office.cast.dispatcher)[0]
    assert KEPT not in both_pages(office, office.cast.dispatcher)[0]


def test_nothing_is_said_where_nothing_is_kept(office):
    file_with_a_paper(office)
    page, sheet = both_pages(office, office.cast.clerk)
    assert "〔姓名〕的合同.pdf" in page
    assert KEPT not in page + sheet
