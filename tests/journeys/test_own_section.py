"""A bureau leads and its own section assists: each works on its own task."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from cases.models import Unit
from tests.cast import NOON, person
from tests.journeys.office import Office


@pytest.fixture
def office(cast, settings, tmp_path):
    """Monday noon; housing leads, its section for lights assists."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    lights = Unit.objects.create(
        code="lights", name="县住建局路灯所", short_name="县住建局路灯所", kind="section",
        parent=cast.housing,
    )  # fmt: skip
    person("lights1", "杜平", lights, "clerk")
    with time_machine.travel(NOON, tick=False) as clock:
        made = Office(cast, clock)
        made.file()
        said = {
            "category": "城市管理 › 路灯",
            "region": "青溪县 › 石桥镇",
            "demand_type": "help",
            "urgency": "normal",
            "unit": "housing",
            "assisting": "县住建局路灯所",
        }
        made.act(cast.dispatcher, reverse("routing:assignment", args=[made.case.number]), said)
        yield made


def test_the_page_of_the_bureau_is_about_its_own_task(office):
    lead = office.case.lead()
    assist = office.case.assignments.get(role="assist")
    url = reverse("desk:case", args=[office.case.number])
    page = office.page(office.cast.clerk, url)
    assert reverse("desk:task_signature", args=[lead.pk]) in page
    assert reverse("desk:task_signature", args=[assist.pk]) not in page
    office.act(office.cast.clerk, office.task("task_signature"))
    page = office.page(office.cast.clerk, url)
    assert reverse("desk:task_first_contact", args=[lead.pk]) in page


def test_the_section_works_on_its_own(office):
    assist = office.case.assignments.get(role="assist")
    clerk = type(office.cast.clerk).objects.get(username="lights1")
    page = office.page(clerk, reverse("desk:case", args=[office.case.number]))
    assert reverse("desk:task_signature", args=[assist.pk]) in page
