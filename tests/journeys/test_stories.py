"""The five stories of the office, each person on their own page."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.lifecycle.book import CASES
from cases.models import Assignment, Case, Event
from hotline.channels.forms import guards
from hotline.models import Publication
from satisfaction.metrics import figure
from satisfaction.periods import day_of, month_of
from tests.cast import NOON
from tests.journeys.office import REPLY, Office


@pytest.fixture
def office(cast, settings, tmp_path):
    """Monday noon; everybody is there."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    with time_machine.travel(NOON, tick=False) as clock:
        yield Office(cast, clock)


def whole(office):
    """Every chain holds, and each task stands where the last event about it says."""
    said = {}
    for event in Event.objects.exclude(assignment=None).order_by("case_id", "seq"):
        said[event.assignment_id] = event.task_to
    stand = dict(Assignment.objects.values_list("pk", "state"))
    return [fault for _, fault in CASES.faults() if fault] == [] and said == stand


def test_a_call_is_answered_directly(office):
    office.call("answer", answer="已告知报修电话，今晚抢修。")
    assert office.case.state == "answered"
    assert office.kinds() == ["registered", "accepted", "answered"]
    assert "已告知报修电话" in office.follow()
    assert figure("direct_answered", day_of(office.now), at=office.now).n == 1
    assert whole(office)


def test_a_call_is_dispatched_replied_and_satisfied(office):
    cast = office.cast
    office.call("accept")
    office.send_to("housing")
    assert "路灯" in office.page(cast.clerk, reverse("desk:worklist"))
    office.reply(cast.clerk, cast.leader)
    office.approve()
    assert REPLY["public_reply"] in office.follow()
    office.call_back(5)
    assert (office.case.state, office.case.outcome) == ("closed", "solved")
    satisfied = figure("satisfied", month_of(office.now.date()), at=office.now, channel="phone")
    assert (satisfied.n, satisfied.N) == (1, 1)
    assert office.kinds()[-3:] == ["reply_approved", "called_back", "closed"]
    assert whole(office)


def test_a_complaint_is_returned_extended_reworked_and_solved(office):
    cast = office.cast
    office.file()
    assert "已收到" in office.follow()
    office.send_to("water")
    facts = {
        "return-reason": cast.wrong_unit.pk,
        "return-basis": "三定方案第五条",
        "return-suggested_unit": cast.housing.pk,
        "return-text": "已联系诉求人",
    }
    office.act(cast.other_clerk, office.task("task_return"), facts)
    asked = office.case.lead().requests.get()
    office.act(cast.other_leader, reverse("desk:request_signature", args=[asked.pk]))
    decision = reverse("routing:decision", args=[asked.pk])
    office.act(cast.dispatcher, decision, {"act": "grant", "note": "同意"})
    assert office.case.state == "accepted"
    office.send_to("housing")
    office.act(cast.clerk, office.task("task_signature"))
    original = office.case.lead().due_at
    longer = {
        "extension-days": 2,
        "extension-reason": cast.needs_works.pk,
        "extension-text": "需更换电缆，已告知诉求人。",
    }
    office.act(cast.clerk, office.task("task_extension"), longer)
    wish = office.case.lead().requests.get(kind="extension")
    office.act(
        cast.dispatcher, reverse("routing:decision", args=[wish.pk]), {"act": "grant", "note": ""}
    )
    assert office.case.lead().due_at > original == office.case.lead().original_due_at
    office.reply(cast.clerk, cast.leader)
    office.approve()
    office.follow()
    office.later()
    rated = office.citizen.post(
        f"/progress/{office.case.number}/rating/",
        {
            "score": 1,
            "contacted": "yes",
            "solved": "no",
            "reasons": ["not_solved"],
            "comment": "还不亮",
        },
    )
    assert rated.status_code == 303, rated.content.decode()
    assert office.case.state == "dissatisfied"
    office.act(
        cast.supervisor,
        reverse("satisfaction:dissatisfied_decision", args=[office.case.number]),
        {"decision": "rework", "unit": "", "reason": "现场核实仍有三盏不亮"},
    )
    case = office.case
    assert (case.state, case.round) == ("rework", 2)
    office.reply(cast.clerk, cast.leader)
    office.approve()
    office.call_back(4)
    assert office.case.state == "closed"
    happened = office.kinds()
    for act in ("return_granted", "extended", "dissatisfied", "reworked", "closed"):
        assert act in happened
    assert whole(office)


def test_a_letter_is_answered_and_published_after_a_second_look(office):
    cast = office.cast
    sheet = {
        "title": "盼人民路装好路灯",
        "demand_type": "suggestion",
        "content": "我叫王桂芬，电话13807316217。人民路晚上很暗，建议修好路灯。",
        "region": "430329101",
        "name": "王桂芬",
        "phone": "13807316217",
        "publish_consent": "on",
        "stamp": guards.new_stamp("sheet-1", timezone.now() - timedelta(minutes=2)),
    }
    assert office.citizen.post("/mailbox/mayor/", sheet).status_code == 303
    assert office.case.channel == "mayor"
    office.send_to("housing")
    office.reply(cast.clerk, cast.leader)
    office.approve()
    office.call_back(5)
    address = f"/desk/publication/cases/{office.case.number}/"
    assert "建议修好路灯" in office.page(cast.reviewer, address)
    text = {
        "title": "盼人民路装好路灯",
        "letter": "人民路晚上很暗，建议修好路灯。",
        "reply": "已修好。",
    }
    office.act(cast.reviewer, address, text | {"revision": 0})
    copy = Publication.objects.get()
    assert office.citizen.get(f"/answers/{copy.pk}/").status_code == 404
    office.act(cast.supervisor, f"/desk/publication/{copy.pk}/approval/", {"revision": 1})
    public = office.citizen.get(f"/answers/{copy.pk}/").content.decode()
    assert "人民路晚上很暗" in public
    assert "王桂芬" not in public
    assert "6217" not in public
    assert whole(office)


def test_a_matter_for_the_court_is_not_accepted_and_the_route_is_told(office):
    office.file()
    url = reverse("routing:rejection", args=[office.case.number])
    office.act(office.cast.dispatcher, url, {"reason": "litigation", "legal_route": ""})
    assert office.case.state == "rejected"
    assert "请向人民法院提起诉讼。" in office.follow()
    assert office.kinds() == ["registered", "rejected"]
    stranger = Client()
    assert stranger.get(f"/progress/{office.case.number}/").status_code in {302, 404}
    assert Case.objects.counted().count() == 1
    assert whole(office)
