"""Whom a citizen named as complained about does not get the case, whatever somebody settled in a hurry."""

import pytest
from django.urls import reverse

from tests.journeys.test_asked_before import QUESTION, office, send, told
from tests.routing.folk import entry

__all__ = ["office"]  # a fixture


@pytest.mark.parametrize("kind", ["complaint", "report"])
def test_whom_the_citizen_named_is_asked_about_whatever_was_settled(office, kind):
    """One tick on “none of our units” sent a report to the unit it was about."""
    said = "县自来水公司抄表班赖金生"
    told(office, f"{said}收现金不开票。", kind, respondent=said)
    url = reverse("routing:respondent", args=[office.case.number])
    outside = {"respondent": "outside", "respondent_note": "是个人，不是单位"}
    office.act(office.cast.dispatcher, url, outside)
    page = office.page(office.cast.dispatcher, f"/desk/dispatch/?case={office.case.number}")
    assert 'value="water"' not in page  # nor is it suggested
    status, page = send(office, demand_type=kind)
    assert (status, QUESTION in page) == (422, True)
    assert not office.case.assignments.exists()
    assert send(office, about="yes", asked="water", accused="water", demand_type=kind)[0] == 422
    assert send(office, demand_type=kind)[0] == 422  # it is barred now
    assert send(office, "housing", demand_type=kind)[0] == 303


def test_a_case_that_was_taken_back_still_says_how_secret_it_is(office):
    told(office, "路灯杆被偷换，请查。", "report", respondent="路灯公司的人")
    url = reverse("routing:respondent", args=[office.case.number])
    office.act(office.cast.dispatcher, url, {"respondent": "outside"})
    said = {"about": "no", "asked": "water", "demand_type": "report"}
    assert send(office, "water", **said)[0] == 303
    url = reverse("desk:case_respondent", args=[office.case.number])
    office.act(office.cast.supervisor, url, {"respondent_unit": "县自来水公司"})
    assert office.case.state == "accepted"
    page = office.page(office.cast.dispatcher, reverse("desk:case", args=[office.case.number]))
    assert '<span class="tag tag--late">机密</span>' in page


def test_an_urge_while_no_unit_has_it_says_so(office):
    office.file()
    office.citizen.post(
        "/progress/", {"number": office.case.number, "code": office.case.query_code}
    )
    url = f"/progress/{office.case.number}/urges/"
    told_to = office.citizen.post(url, follow=True).text
    assert "已告诉热线办您在等" in told_to
    assert "已告诉办理的单位" not in told_to


def test_who_left_no_number_is_promised_no_call(office):
    office.file(is_anonymous="on")
    office.send_to("housing")
    office.act(office.cast.clerk, office.task("task_signature"))
    assert "您没有留电话，没有人能打给您" in office.follow()
    receipt = office.citizen.get(reverse("site:receipt", args=[office.case.number]))
    assert "您没有留电话" in receipt.text
    assert "联系您" not in receipt.text


@pytest.mark.parametrize(("said", "assisting"), [({}, ["石桥镇"]), ({"is_secret": "on"}, [])])
def test_nobody_is_added_unseen_to_a_call_that_is_kept_secret(office, said, assisting):
    """The catalogue names a town that assists; of what is kept secret it does not go along, ticked or not."""
    entry(office.cast)
    ticked = {"suggested": "housing", "assisting": "housing/town"}
    office.call("dispatch", category="ld", **ticked, **said)
    tasks = office.case.assignments.filter(role="assist")
    assert [str(task.unit) for task in tasks] == assisting
    page = office.page(office.cast.dispatcher, reverse("desk:case", args=[office.case.number]))
    assert ("协办" in page) == bool(assisting)
