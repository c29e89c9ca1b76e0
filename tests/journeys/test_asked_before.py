"""A complaint whose text names the unit it goes to: asked once, on every way there; the answer is kept."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.events.outbox import drain
from cases.models import Case
from cases.people.kept import forget
from hotline.models import Draft
from tests.cast import NOON
from tests.journeys.office import Office
from tests.routing.folk import rule

WORDS = "县自来水公司的人上门收现金，不开票，三天没来水。"
CLASS = {
    "category": "城市管理 › 停水", "region": "青溪县 › 石桥镇", "demand_type": "complaint",
    "urgency": "normal",
}  # fmt: skip
CALL = {
    "token": "t" * 32, "phone": "13807316217", "name": "王桂芬", "demand_type": "complaint",
    "content": WORDS, "region": "青溪县 › 石桥镇", "category": "ts", "urgency": "normal",
    "act": "dispatch", "lead": "县自来水公司", "note": "请速办",
}  # fmt: skip
QUESTION = "反映的是这个单位吗"


@pytest.fixture
def office(cast, settings, tmp_path):
    """Monday noon."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    with time_machine.travel(NOON, tick=False) as clock:
        yield Office(cast, clock)


def told(office, content=WORDS, kind="complaint", **said):
    office.call("accept", content=content, demand_type=kind, category="ts", **said)


def post(one, url, said):
    client = Client()
    client.force_login(one, backend="cases.people.signed_in.StaffBackend")
    answer = client.post(url, said)
    return answer.status_code, answer.content.decode()


def send(office, unit="water", **said):
    url = reverse("routing:assignment", args=[office.case.number])
    return post(office.cast.dispatcher, url, CLASS | {"unit": unit, "note": "请速办"} | said)


def history(office):
    drain(office.now)
    return office.page(office.cast.dispatcher, reverse("desk:case", args=[office.case.number]))


def test_the_desk_asks_before_it_sends(office):
    told(office)
    status, page = send(office)
    assert status == 422
    assert QUESTION in page
    assert "县自来水公司" in page
    assert "请速办" in page  # nothing typed is lost
    assert (office.case.state, office.case.assignments.count()) == ("accepted", 0)


def test_no_sends_it_and_is_kept_so_that_nobody_asks_again(office):
    told(office)
    assert send(office, about="no", asked="water", accused="water")[0] == 303
    assert office.case.lead().unit == office.cast.water
    assert office.case.accused == []
    assert "反映的不是县自来水公司" in history(office)
    task = office.case.lead()
    url = reverse("desk:task_return", args=[task.pk])
    asked = {"return-reason": office.cast.wrong_unit.pk, "return-basis": "三定方案"}
    office.act(office.cast.other_leader, url, asked)
    decided = reverse("routing:decision", args=[task.requests.get().pk])
    office.act(office.cast.dispatcher, decided, {"act": "grant", "note": "同意"})
    assert send(office)[0] == 303  # answered before


def test_the_unit_does_not_read_that_it_was_asked_about(office):
    told(office)
    send(office, about="no", asked="water", accused="water")
    drain(office.now)
    page = office.page(office.cast.other_clerk, reverse("desk:case", args=[office.case.number]))
    assert "反映的不是" not in page


def test_yes_settles_it_and_the_case_goes_elsewhere(office):
    told(office)
    status, page = send(office, about="yes", asked="water", accused="water")
    assert status == 422
    assert "请速办" in page
    assert [str(row.unit) for row in office.case.accused] == ["县自来水公司"]
    assert "被反映" in send(office)[1]
    assert send(office, "housing")[0] == 303
    client = Client()
    client.force_login(office.cast.other_clerk, backend="cases.people.signed_in.StaffBackend")
    assert client.get(reverse("desk:case", args=[office.case.number])).status_code == 404


def test_an_assisting_unit_is_asked_about_too(office):
    told(office)
    status, page = send(office, "housing", assisting="县自来水公司")
    assert (status, QUESTION in page) == (422, True)


def test_an_answer_about_another_unit_is_none(office):
    told(office)
    status, page = send(office, about="no", asked="housing")
    assert (status, QUESTION in page) == (422, True)
    assert send(office, about="yes", asked="water")[0] == 422
    assert office.case.accused == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("县自来水公司三天没来水。", "help"),
        ("县自来水公司应当多发通知。", "suggestion"),
        ("楼上邻居漏水，三天没来水。", "complaint"),
        ("县住建局的人上门收现金，不开票。", "complaint"),
    ],
)
def test_what_is_not_a_complaint_naming_that_unit_goes_at_once(office, content, kind):
    told(office, content, kind)
    assert send(office, demand_type=kind)[0] == 303


def test_a_matter_that_becomes_a_complaint_at_the_desk_is_asked_about(office):
    told(office, kind="help")
    assert QUESTION in send(office)[1]
    assert office.case.demand_type == "help"  # nothing was done


def test_none_of_ours_answers_it(office):
    told(office, respondent="外县的施工队")
    url = reverse("routing:respondent", args=[office.case.number])
    status, page = post(office.cast.dispatcher, url, {"respondent": "outside"})
    assert status == 422
    assert "文中写到县自来水公司" in page
    assert office.case.respondent_state == "open"
    office.act(office.cast.dispatcher, url, {"respondent": "outside", "respondent_note": "外县的"})
    assert send(office)[0] == 303


def test_a_second_unit_that_the_letter_names_is_asked_about(office):
    told(office, "县住建局和县自来水公司互相推诿，水管破了没人管。", respondent="县住建局")
    assert QUESTION in send(office)[1]


def test_many_at_once_leave_it_to_the_desk(office):
    rule(words="来水", lead="water")
    told(office)
    told_plain = "楼上邻居漏水，三天没来水。"
    office.call("accept", token="plain", content=told_plain, demand_type="complaint", category="ts")
    page = office.page(office.cast.dispatcher, reverse("routing:dispatch"))
    plain = page.partition("assignments/")[2].partition("</form>")[0]
    naming, other = Case.objects.order_by("pk")
    assert other.number in plain
    assert naming.number not in plain
    url = reverse("routing:assignments")
    office.act(office.cast.dispatcher, url, {"case": [naming.number, other.number]})
    states = [Case.objects.get(pk=one.pk).state for one in (naming, other)]
    assert states == ["accepted", "dispatched"]


def test_the_queue_asks_no_more_for_many(office):
    rule(words="来水", lead="water")
    told(office)
    client = Client()
    client.force_login(office.cast.dispatcher, backend="cases.people.signed_in.StaffBackend")
    address = f"{reverse('routing:dispatch')}?case={office.case.number}"
    counts = []
    for round_ in range(2):
        for n in range(3):
            token = f"more{round_}{n}"
            office.call(
                "accept", token=token, content=WORDS, demand_type="complaint", category="ts"
            )
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def call(office, **said):
    return post(office.cast.operator, reverse("desk:operator"), CALL | said)


def test_the_operator_is_asked_too(office):
    status, page = call(office)
    assert (status, QUESTION in page) == (422, True)
    assert WORDS in page
    assert not Case.objects.exists()
    said = {name: value for name, value in CALL.items() if name != "act"}
    answer = said | {"about": "no", "asked": "water", "accused": "water"}
    assert post(office.cast.operator, reverse("desk:operator"), answer)[0] == 303
    assert office.case.lead().unit == office.cast.water
    assert "反映的不是县自来水公司" in history(office)


def test_the_operators_yes_writes_it_down_and_asks_for_another_unit(office):
    status, page = call(office, act="", about="yes", asked="water", accused="water")
    assert status == 422
    assert not Case.objects.exists()
    assert 'name="respondent" value="县自来水公司"' in page
    assert "F6" in page
    office.act(office.cast.operator, reverse("desk:operator"),
               CALL | {"respondent": "县自来水公司", "lead": "县住建局"})  # fmt: skip
    assert [str(row.unit) for row in office.case.accused] == ["县自来水公司"]
    assert not Draft.objects.exists()


def test_another_key_is_no_answer(office):
    said = {"act": "accept", "asked": "water", "accused": "water"}
    office.act(office.cast.operator, reverse("desk:operator"), CALL | said)
    assert (office.case.state, office.case.accused) == ("accepted", [])


def test_a_rework_asks_as_well(office):
    told(office)
    send(office, "housing")
    office.reply(office.cast.clerk, office.cast.leader)
    office.approve()
    office.call_back(1, reason="not_solved", note="没解决")
    url = reverse("satisfaction:dissatisfied_decision", args=[office.case.number])
    said = {"decision": "rework", "reason": "诉求合理", "unit": "water"}
    status, page = post(office.cast.supervisor, url, said)
    assert (status, QUESTION in page, "诉求合理" in page) == (422, True, True)
    answer = {"reason": "诉求合理", "unit": "water", "asked": "water", "accused": "water"}
    status, page = post(office.cast.reviewer, url, answer | {"about": "yes"})
    assert (status, "诉求合理" in page) == (422, True)
    assert [str(row.unit) for row in office.case.accused] == ["县自来水公司"]
    office.act(office.cast.reviewer, url, said | {"unit": "housing"})
    assert office.case.lead().unit == office.cast.housing


@pytest.mark.parametrize("kind", ["consult", "help", "suggestion"])
def test_what_accuses_is_asked_about_whatever_its_type(office, kind):
    told(office, "想问一下，县自来水公司范科长收了回扣，我举报他。", kind)
    status, page = send(office, demand_type=kind)
    assert (status, QUESTION in page) == (422, True)


def test_a_question_that_nobody_answered_does_not_end_with_the_type(office):
    told(office, "县自来水公司三天没来水。")
    assert QUESTION in send(office)[1]
    assert QUESTION in send(office, demand_type="help")[1]
    assert office.case.assignments.count() == 0


def test_a_complaint_that_names_a_person_is_asked_about_before_it_reaches_them(office):
    clerk = office.cast.other_clerk
    type(clerk).objects.filter(pk=clerk.pk).update(name="曾志强")
    told(office, "抄表的曾志强上门收现金，不开票。")
    status, page = send(office)
    assert (status, QUESTION in page) == (422, True)
    assert "曾志强" in page


def test_the_desk_asks_no_more_for_many_open_reports(office):
    client = Client()
    client.force_login(office.cast.dispatcher, backend="cases.people.signed_in.StaffBackend")
    counts = []
    for n in range(3):
        said = "水务的老曾和县住建局的人收钱不开票"
        told(office, f"{said}，第{n}次。", "report", respondent=said, token=f"report-{n:-<32}")
        forget()
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("routing:dispatch")).content.decode()
        assert page.count("收钱不开票") > n
        counts.append(len(asked))
    assert len(set(counts[1:])) == 1, counts
