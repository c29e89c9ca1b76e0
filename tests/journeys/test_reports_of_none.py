"""A report that is about “none of ours”, a matter that becomes a report, and who is told what of it."""

import pytest
from django.test import Client
from django.urls import reverse

from routing.accused.called import Book, Called
from tests.journeys.test_asked_before import CLASS, QUESTION, office, send, told

__all__ = ["office"]  # a fixture


def browser_of(person):
    client = Client()
    client.force_login(person, backend="cases.people.signed_in.StaffBackend")
    return client


@pytest.fixture
def reported(office):
    """A report about somebody whom no unit is named for, settled as none of ours."""
    told(office, "抄表的老张借着报装收好处费。", "report", respondent="老张（收水费的）")
    url = reverse("routing:respondent", args=[office.case.number])
    office.act(office.cast.dispatcher, url, {"respondent": "outside", "respondent_note": "是个人"})
    return office


def test_each_unit_that_it_goes_to_is_asked_about(reported):
    status, page = send(reported, "water", demand_type="report")
    assert (status, QUESTION in page) == (422, True)
    assert "在那里工作的人" in page
    assert not reported.case.assignments.exists()
    said = {"about": "yes", "asked": "water", "accused": "water", "demand_type": "report"}
    assert send(reported, "water", **said)[0] == 422
    assert [str(unit) for unit in reported.case.accused_units] == ["县自来水公司"]


def test_the_answer_that_it_only_handles_it_is_kept_and_sends(reported):
    said = {"about": "no", "asked": "water", "demand_type": "report"}
    assert send(reported, "water", **said)[0] == 303
    assert reported.case.lead().unit.code == "water"
    assert reported.case.events.filter(kind="respondent_denied").exists()


def test_a_complaint_about_nobody_is_not_asked_about(office):
    told(office, "报装排了三天队，没有人管。", "complaint")
    assert send(office, "water", demand_type="complaint")[0] == 303


def test_what_becomes_a_report_stays_one_though_nothing_is_sent(office):
    """Refused, it showed 机密 and was a complaint again with the next click."""
    told(office, "抄表的老张借着报装收好处费。", "complaint")
    assert send(office, "water", demand_type="report")[0] == 422
    assert (office.case.demand_type, office.case.secrecy) == ("report", "secret")
    assert office.case.respondent_state == "open"
    assert not office.case.assignments.exists()


def test_settling_leaves_the_class_and_the_note_in_the_form(office):
    told(office, "抄表的老张借着报装收好处费。", "complaint", respondent="老张")
    url = reverse("routing:respondent", args=[office.case.number])
    typed = {
        "demand_type": "report",
        "urgency": "normal",
        "category": "",
        "note": "请当面核实，不要电话里问",
        "assisting": "县住建局",
    }
    client = browser_of(office.cast.dispatcher)
    for answer, status in (({}, 422), ({"respondent": "outside"}, 200)):
        page = client.post(url, {**typed, **answer})
        assert page.status_code == status
        assert "请当面核实，不要电话里问" in page.text
        assert 'value="县住建局"' in page.text
        assert '<option value="report" selected>' in page.text
    assert client.post(url, {"respondent_unit": "县自来水公司"}).status_code == 303


def test_settling_with_an_untouched_form_leads_on(office):
    """What the desk had put there itself, suggestion and class, is nobody's work."""
    told(office, "报装排了三天队。", "complaint", respondent="老张")
    address = f"/desk/dispatch/?case={office.case.number}"
    client = browser_of(office.cast.dispatcher)
    fresh = client.get(address).context["form"].initial
    url = reverse("routing:respondent", args=[office.case.number])
    answer = client.post(url, {**fresh, "respondent": "outside"})
    assert answer.status_code == 303


def test_the_unit_does_not_read_that_it_was_a_report(office):
    told(office, "报装排了三天队。", "report", respondent="县自来水公司")
    cast, case = office.cast, office.case
    classed = CLASS | {"demand_type": "consult"}
    office.act(cast.dispatcher, reverse("routing:class", args=[case.number]), classed)
    url = reverse("desk:case", args=[case.number])
    assert "举报" in office.page(cast.dispatcher, url)
    assert send(office, "housing", demand_type="consult")[0] == 303
    page = office.page(cast.clerk, url)
    assert "报装排了三天队" in page
    assert "举报" not in page


def test_the_plate_that_is_reported_is_shown_again_on_the_page_of_the_case(office):
    told(office, "校长收礼，那台车牌湘C12345天天停在校门口。", "report", respondent="县自来水公司")
    cast, number = office.cast, office.case.number
    assert send(office, "housing", demand_type="report")[0] == 303
    page = reverse("desk:case", args=[number])
    assert "湘C12345" not in office.page(cast.clerk, page)
    shown = {"handling-keep": "湘C12345"}
    office.act(cast.dispatcher, reverse("desk:case_handling", args=[number]), shown)
    assert "湘C12345" in office.page(cast.clerk, page)


def test_who_loses_a_case_by_settling_is_said_to_the_office(office):
    told(office, "报装排了三天队，没有人管。", "complaint")
    send(office, "water", demand_type="complaint")
    url = reverse("desk:case_respondent", args=[office.case.number])
    client = browser_of(office.cast.dispatcher)
    page = client.post(url, {"respondent_unit": "县自来水公司"}, follow=True).text
    assert "被反映对象已确定。" in page
    assert "已从县自来水公司收回，等待重新派单" in page
    assert "；已从县自来水公司收回" in page  # and in the history


def test_the_page_of_a_case_offers_the_units_that_the_text_names(office):
    told(office, "县自来水公司的人不开票。", "report", respondent="抄表的")
    page = office.page(office.cast.dispatcher, reverse("desk:case", args=[office.case.number]))
    assert 'name="respondent"' in page
    assert 'value="water"' in page


@pytest.mark.parametrize(
    "said", ["双江镇那个书记", "咱们双江镇的那位镇长跟他弟弟", "双江镇有个干部"]
)
def test_a_town_is_meant_by_its_people_however_they_are_called(office, said):
    book = Book([Called(1, "双江镇人民政府", "双江镇")], {})
    assert [one.key for one in book.mentions(said)] == [1]
    assert not book.mentions("双江镇那条路上的书店")
