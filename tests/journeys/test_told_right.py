"""Small things that pages told wrong, through the real screens."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cases.models import Case, Unit
from cases.reference.initials import initials
from tests.cast import NOON
from tests.journeys.office import Office


@pytest.fixture
def office(cast, settings, tmp_path):
    """Monday noon."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    with time_machine.travel(NOON, tick=False) as clock:
        yield Office(cast, clock)


def post(one, url, said):
    client = Client()
    client.force_login(one, backend="cases.people.signed_in.StaffBackend")
    return client.post(url, said).content.decode()


def test_the_progress_page_tells_when_it_came_to_the_unit_that_has_it(office):
    office.file()
    office.send_to("water")
    first = office.now
    assert f"{first:%H:%M}" in sent_to("县自来水公司", office.follow())
    said = {"return-reason": office.cast.wrong_unit.pk, "return-basis": "三定方案第七条"}
    office.act(office.cast.other_leader, office.task("task_return"), said)
    request = office.case.lead().requests.get()
    decided = reverse("routing:decision", args=[request.pk])
    office.act(office.cast.dispatcher, decided, {"act": "grant", "note": "同意"})
    office.send_to("housing")
    told = sent_to("县住建局", office.follow())
    assert f"{office.now:%H:%M}" in told
    assert f"{first:%H:%M}" not in told


def sent_to(unit, page):
    """What stands beside the step of the dispatch."""
    text = " ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2]).split())
    before, found, after = text.partition(f"派给{unit}")
    assert found, before
    return after[:25]


def test_the_receipt_calls_the_title_so(office):
    office.file()
    page = office.citizen.get(f"/receipts/{office.case.number}/").content.decode()
    assert "标题" in page
    assert "事项分类" not in page


def test_the_policy_is_named_in_words(office):
    office.file()
    office.send_to("housing")
    page = office.page(office.cast.clerk, reverse("desk:case", args=[office.case.number]))
    assert office.case.lead().policy_code.endswith(" v1")
    assert office.case.lead().policy_code not in page
    office.call("accept")
    desk = office.page(office.cast.dispatcher, reverse("routing:dispatch"))
    assert " v1<" not in desk


def test_who_only_wrote_never_called(office):
    office.file()
    url, typed = reverse("desk:operator"), {"act": "look_up", "phone": "13807316217"}
    page = post(office.cast.operator, url, typed)
    assert "人民路东段路灯" in page  # their matter is shown
    assert "次来电" not in page
    office.call("accept", token="first")
    assert "第 2 次来电" in post(office.cast.operator, url, typed)


@pytest.mark.parametrize("typed", ["xzjj", "XZJJ", "qxxzfhcxjsj"])
def test_a_unit_is_found_by_either_of_its_initials(office, typed):
    both = initials("县住建局", "青溪县住房和城乡建设局", length=80)
    Unit.objects.filter(code="housing").update(pinyin=both)
    office.call("dispatch", lead=typed)
    assert office.case.lead_unit.code == "housing"
    office.call("accept", token="second", content="人民路的另一盏路灯也不亮。")
    office.pk = Case.objects.latest("pk").pk
    said = {
        "category": "ld", "demand_type": "help", "urgency": "normal", "unit": "other",
        "other": typed,
    }  # fmt: skip
    office.act(
        office.cast.dispatcher, reverse("routing:assignment", args=[office.case.number]), said
    )
    assert office.case.lead_unit.code == "housing"


def test_a_clerk_finds_the_own_units_figures_in_the_menu(office):
    page = office.page(office.cast.clerk, reverse("desk:worklist"))
    figures = reverse("satisfaction:figures")
    assert f'href="{figures}"' in page
    assert "县自来水公司" not in office.page(office.cast.clerk, figures)
