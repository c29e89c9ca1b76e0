"""Whoever reads a deadline in a year without a calendar reads that it may move: staff and citizen."""

from datetime import datetime

import pytest
from django.urls import reverse

from cases.clocks.counting import SHANGHAI
from cases.models import Case
from tests.cast import wang_says

EARLY = datetime(2026, 12, 21, 10, tzinfo=SHANGHAI)
WORD = "暂定"


@pytest.fixture
def asked(cast, monday):
    """Due this year; five days more are asked for, into the next."""
    monday.move_to(EARLY)
    case = wang_says(cast, at=EARLY)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=EARLY)
    case.dispatch(lead=cast.housing, by=cast.dispatcher, at=EARLY)
    lead = case.lead()
    lead.sign(by=cast.clerk, at=EARLY)
    lead.ask_extension(
        reason=cast.needs_works, text="需备料，已告知。", days=5, by=cast.clerk, at=EARLY
    )
    return lead.requests.get()


def said(client, address):
    return client.get(address).content.decode()


def progress(client, case):
    url = reverse("site:progress")
    body = {"number": case.number, "code": Case.objects.get(pk=case.pk).query_code}
    return client.post(url, body, follow=True).content.decode()


def test_it_is_said_before_and_after_the_extension(cast, browser, client, asked):
    case = asked.assignment.case
    page, requests = reverse("desk:case", args=[case.number]), reverse("routing:requests")
    assert WORD not in said(browser(cast.clerk), page)
    assert WORD not in progress(client, case)
    assert WORD in said(browser(cast.supervisor), requests)
    asked.grant_extension(by=cast.supervisor, at=EARLY)
    for person, address in (
        (cast.clerk, page),
        (cast.supervisor, page),
        (cast.clerk, reverse("desk:case_sheet", args=[case.number])),
    ):
        assert WORD in said(browser(person), address), address
    assert WORD in progress(client, case)
