"""A letter about two bureaus, through the real forms: neither's line ever learns of it."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.events.outbox import drain
from cases.models import Case, Notice, Unit
from cases.people.kept import forget
from hotline.models import Draft
from tests.cast import NOON, person
from tests.journeys.office import Office
from tests.journeys.test_accused import PAGES, by_letter, by_phone, settle

BOTH = "县自来水公司和县住建局"


@pytest.fixture
def office(cast, settings, tmp_path):
    """Monday noon; a third bureau that may have the case, and a second supervisor."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    audit = Unit.objects.create(
        code="audit", name="青溪县审计局", short_name="县审计局", kind="county"
    )
    section = Unit.objects.create(
        code="wuye", name="青溪县住房和城乡建设局物业管理股", short_name="县住建局物业管理股",
        kind="section", parent=cast.housing,
    )  # fmt: skip
    with time_machine.travel(NOON, tick=False) as clock:
        made = Office(cast, clock)
        made.auditing = person("auditing", "温和", audit, "clerk")
        made.second = person("second", "何谨", cast.office, "supervisor")
        made.lines = [
            cast.clerk, cast.leader, person("wuye", "罗平", section, "clerk"),
            cast.other_clerk, cast.other_leader,
        ]  # fmt: skip
        yield made


def client_of(one):
    client = Client()
    client.force_login(one, backend="cases.people.signed_in.StaffBackend")
    return client


def posted(one, url, said):
    return client_of(one).post(url, said)


def page_of(case):
    return reverse("desk:case", args=[case.number])


def sees(one, case):
    """Whether the person meets the case anywhere."""
    client = client_of(one)
    told = "".join(client.get(reverse(name)).content.decode() for name in PAGES)
    told += client.get(f"{reverse('desk:search')}?q=抄表员").content.decode()
    return client.get(page_of(case)).status_code == 200 or f"/cases/{case.number}" in told


def test_two_units_named_by_the_citizen_are_both_barred(office):
    by_letter(office, BOTH)
    case = office.case
    assert [str(row.unit) for row in case.accused] == ["县自来水公司", "县住建局"]
    assert case.respondent_state == "unit"
    office.send_to("audit")
    drain(office.now)
    assert [one.username for one in office.lines if sees(one, office.case)] == []
    assert sees(office.auditing, office.case)
    assert "县自来水公司、县住建局" in office.page(office.cast.dispatcher, page_of(case))


def test_a_second_one_is_added_by_one_person_and_the_first_stays(office):
    by_phone(office, "县自来水公司", "complaint")
    settle(office, respondent_unit="县住建局")
    assert [str(row.unit) for row in office.case.accused] == ["县自来水公司", "县住建局"]
    for unit in ("water", "housing", "wuye"):
        said = {"category": "ld", "demand_type": "complaint", "urgency": "normal", "unit": unit}
        url = reverse("routing:assignment", args=[office.case.number])
        answer = posted(office.cast.dispatcher, url, said)
        assert answer.status_code == 422
        assert "被反映" in answer.content.decode()
    told = office.page(office.cast.dispatcher, page_of(office.case))
    assert "被反映：县自来水公司" in told  # when it was registered
    assert "确定了被反映对象：县住建局" in told


def test_two_are_settled_at_once_by_ticking_them(office):
    by_letter(office, "自来水公司的抄表员和住建局的科长")
    url = f"{reverse('routing:dispatch')}?case={office.case.number}"
    page = office.page(office.cast.dispatcher, url)
    assert 'value="water" checked' in page
    assert 'value="housing" checked' in page
    settle(office, respondent=["water", "housing"])
    assert office.case.accused_ids == {office.cast.water.pk, office.cast.housing.pk}


def test_a_unit_that_works_on_it_loses_it_with_its_notices_when_it_is_added(office):
    by_phone(office, "县自来水公司", "complaint")
    office.send_to("housing")
    drain(office.now)
    assert sees(office.cast.clerk, office.case)
    assert Notice.objects.filter(unit=office.cast.housing).exists()
    office.act(
        office.cast.supervisor,
        reverse("desk:case_respondent", args=[office.case.number]),
        {"respondent_unit": "县住建局", "respondent_note": "来信补充"},
    )
    assert office.case.state == "accepted"
    assert not sees(office.cast.clerk, office.case)
    assert office.case.number not in office.page(office.cast.clerk, reverse("desk:notices"))


def test_one_is_let_in_again_by_a_supervisor_who_did_not_settle_it(office):
    by_letter(office, "自来水公司的抄表员和住建局的科长")
    settle(office, respondent=["water"], respondent_note="住建局另查")
    office.act(
        office.cast.supervisor,
        reverse("desk:case_respondent", args=[office.case.number]),
        {"respondent_unit": "县住建局"},
    )
    url = reverse("desk:case_respondent_withdrawal", args=[office.case.number])
    said = {"unit": "housing", "note": "核实后与住建局无关"}
    assert posted(office.cast.dispatcher, url, said).status_code == 404
    assert posted(office.cast.supervisor, url, said).status_code == 422  # settled it
    assert 'value="housing"' not in withdrawals(office, office.cast.supervisor)
    assert posted(office.second, url, said | {"note": ""}).status_code == 422
    office.act(office.second, url, said)
    assert office.case.accused_ids == {office.cast.water.pk}
    told = office.page(office.cast.dispatcher, page_of(office.case))
    assert "重新让县住建局" in told
    assert "核实后与住建局无关" in told
    office.send_to("housing")
    drain(office.now)
    assert sees(office.cast.clerk, office.case)
    assert not sees(office.cast.other_clerk, office.case)


def withdrawals(office, one):
    page = office.page(one, page_of(office.case))
    return page.partition("respondent/withdrawal/")[2].partition("</form>")[0]


def test_none_of_ours_is_refused_while_two_are_settled(office):
    by_phone(office, BOTH, "complaint")
    url = reverse("routing:respondent", args=[office.case.number])
    answer = posted(office.cast.dispatcher, url, {"respondent": ["outside"]})
    assert answer.status_code == 422
    assert "县自来水公司、县住建局" in answer.content.decode()
    both = posted(office.cast.supervisor, url, {"respondent": ["outside", "water"]})
    assert both.status_code == 422
    assert len(office.case.accused) == 2


def test_a_list_asks_no_more_for_many_respondents(office):
    by_phone(office, BOTH, "complaint")
    office.send_to("audit")
    client = client_of(office.auditing)
    client.get(reverse("desk:worklist"))
    counts = []
    for times in (0, 2):
        for n in range(times):
            office.call(
                "dispatch", token=f"more-{n:-<32}", content=f"水表不准，第{n}块。",
                demand_type="complaint", respondent=BOTH, lead="县审计局",
            )  # fmt: skip
        forget()
        with CaptureQueriesContext(connection) as asked:
            told = client.get(reverse("desk:worklist")).content.decode()
        assert told.count("水表不准") >= times
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert Case.objects.count() == 3
    assert not Draft.objects.exists()
