"""One person of a unit is named to contact a confidential citizen: who knows then, and how long."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cases.models import ViewLog
from tests.cast import NOON
from tests.journeys.office import REPLY, Office

NAME, PHONE = "司徒雀", "13907318990"
TELLS = ("司徒", "徒雀", "＊雀", "8990", "1390731", "139＊")


def filed(cast, clock, **contact):
    """A citizen filed, housing signed."""
    cache.clear()
    call_command("make_site", verbosity=0)
    made = Office(cast, clock)
    made.file(name=NAME, phone=PHONE, **contact)
    made.send_to("housing")
    made.act(cast.clerk, made.task("task_signature"))
    return made


@pytest.fixture
def clock(settings, tmp_path):
    """Monday noon."""
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def office(cast, clock):
    """A confidential case."""
    return filed(cast, clock, is_confidential="on")


def test_whom_the_office_named_knows_it_while_the_unit_works_and_the_citizen_is_told(office):
    cast, number = office.cast, office.case.number
    assert "单位不知道您是谁" in office.follow()
    named = {"contact-person": cast.clerk.pk, "contact-reason": "须上门核实"}
    office.act(cast.dispatcher, reverse("desk:case_contacts", args=[number]), named)
    told = office.follow()
    assert "单位里只有热线办为此指定的人知道您是谁" in told
    assert "单位不知道您是谁" not in told
    office.act(cast.clerk, office.task("task_first_contact"), {"method": "visit", "note": "已联系"})
    office.act(cast.clerk, office.task("task_reply"), REPLY, hours=3)
    office.act(cast.leader, office.task("task_sign_off"))
    client = Client()
    client.force_login(cast.clerk, backend="cases.people.signed_in.StaffBackend")
    url = reverse("desk:petitioner", args=[number])
    assert client.post(url, {"reason": "再看一次"}).status_code == 404


def test_a_leader_who_goes_on_with_the_reply_of_whom_the_office_named_reads_no_name(office):
    cast, number = office.cast, office.case.number
    named = {"contact-person": cast.clerk.pk, "contact-reason": "须上门核实"}
    office.act(cast.dispatcher, reverse("desk:case_contacts", args=[number]), named)
    office.act(cast.clerk, office.task("task_first_contact"), {"method": "visit", "note": "已联系"})
    said = REPLY | {"public_reply": f"{NAME}女士：您好，{REPLY['public_reply']}"}
    office.act(cast.clerk, office.task("task_reply"), said, hours=3)
    back = reverse("desk:task_send_back", args=[office.case.lead().pk])
    office.act(cast.leader, back, {"send_back-note": "补充时间", "note": "补充时间"})
    edited = said | {"public_reply": "〔姓名〕女士：您好，昨天" + REPLY["public_reply"]}
    office.act(cast.leader, office.task("task_reply"), edited)
    office.act(cast.leader, back, {"send_back-note": "再改", "note": "再改"})
    for person in (cast.leader, cast.clerk):
        page = office.page(person, reverse("desk:case", args=[number]))
        assert "〔姓名〕" in page
        assert NAME not in page
    assert office.case.lead().original("public_reply").startswith(NAME)


def test_a_reason_for_a_look_does_not_tell_who_it_is(office):
    cast, number = office.cast, office.case.number
    reason = f"{NAME}（司徒女士）用{PHONE}来电补充，核对原话"
    client = Client()
    client.force_login(cast.dispatcher, backend="cases.people.signed_in.StaffBackend")
    assert (
        client.post(reverse("desk:petitioner", args=[number]), {"reason": reason}).status_code
        == 200
    )
    assert ViewLog.objects.get().reason == "〔姓名〕（〔姓名〕）用〔号码〕来电补充，核对原话"
    told = office.page(cast.auditor, f"{reverse('desk:audit')}?of=views")
    assert "来电补充" in told
    assert [word for word in TELLS if word in told] == []


def test_a_leader_who_changed_the_reply_of_an_ordinary_case_goes_on_without_the_name(cast, clock):
    """Reading it takes a reason; having changed a word beside it is none. Its writer reads on."""
    office = filed(cast, clock, publish_consent="on")
    office.act(cast.clerk, office.task("task_first_contact"), {"method": "phone", "note": "已联系"})
    said = REPLY | {"public_reply": f"{NAME}女士：您好，{REPLY['public_reply']}"}
    office.act(cast.clerk, office.task("task_reply"), said, hours=3)
    office.act(
        cast.leader,
        office.task("task_send_back"),
        {"send_back-note": "补充时间", "note": "补充时间"},
    )
    url = reverse("desk:case", args=[office.case.number])
    assert f"{NAME}女士" in office.page(cast.clerk, url)
    edited = said | {"public_reply": "〔姓名〕女士：您好，昨天" + REPLY["public_reply"]}
    office.act(cast.leader, office.task("task_reply"), edited)
    office.act(
        cast.leader, office.task("task_send_back"), {"send_back-note": "再改", "note": "再改"}
    )
    form = (
        office.page(cast.leader, url)
        .partition('name="public_reply"')[2]
        .partition("</textarea>")[0]
    )
    assert "〔姓名〕女士：您好，昨天" in form
    assert NAME not in form
    assert office.case.lead().original("public_reply").startswith(f"{NAME}女士：您好，昨天")


def test_an_unsent_text_hides_the_name_once_its_writer_is_no_longer_to_know_it(office):
    cast, number = office.cast, office.case.number
    named = {"contact-person": cast.clerk.pk, "contact-reason": "须上门核实"}
    office.act(cast.dispatcher, reverse("desk:case_contacts", args=[number]), named)
    typed = f"{NAME}同志：已上门核实，电话{PHONE}。"
    office.act(cast.clerk, office.task("task_draft"), {"public_reply": typed})
    page = reverse("desk:case", args=[number])
    assert typed in office.page(cast.clerk, page)
    grant = office.case.contact_grants.get()
    office.act(cast.dispatcher, reverse("desk:case_contact_end", args=[number, grant.pk]))
    told = office.page(cast.clerk, page)
    assert "〔姓名〕同志：已上门核实，电话〔号码〕。" in told
    assert [one for one in TELLS if one in told] == []
    follows = office.follow()
    assert "现已取消；由热线办代为联系您" in follows
    assert "并由此人联系您" not in follows
