"""Whom a citizen named as complained about does not get the case, whatever somebody settled in a hurry."""

import pytest
from django.urls import reverse

from tests.journeys.test_asked_before import QUESTION, office, send, told

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
