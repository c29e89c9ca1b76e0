"""The dispatcher sees before sending whether a matter was told before, and why it is thought so."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search.engines.chosen import engine
from search.indexing.upkeep import refresh
from tests.routing.folk import MINUTE, accepted, entry

LAMPS = "人民路东段路灯从上周起整排不亮，夜里看不见路。"


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.dispatcher)
    return client


def in_hand(cast, number=1, **said):
    """A case of the same caller about the same lamps, dispatched already."""
    told = {"title": "人民路路灯不亮", "content": LAMPS, "address": "人民路东段"}
    case = accepted(cast, number, **(told | said))
    at = case.registered_at + 2 * MINUTE
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=at)
    refresh([case.pk])
    return case


def waiting_twin(cast, number=2):
    """The same matter, told once more, waiting for the dispatcher."""
    case = accepted(cast, number, title="路灯还是不亮", content=LAMPS + "请派人看看。")
    refresh([case.pk])
    return case


def test_the_queue_costs_the_same_for_one_and_for_three(desk, cast, django_assert_num_queries):
    entry(cast)
    in_hand(cast)
    address = f"{reverse('routing:dispatch')}?case={waiting_twin(cast).number}"
    desk.get(address)
    with CaptureQueriesContext(connection) as one:
        desk.get(address)
    accepted(cast, 3)
    accepted(cast, 4)
    with django_assert_num_queries(len(one)):
        desk.get(address)


def test_a_matter_told_twice_is_shown_with_its_reason(desk, cast):
    old, new = in_hand(cast), waiting_twin(cast)
    in_hand(cast, 3, title="垃圾没有人收", content="集市的垃圾三天没有人收。", address="")
    page = desk.get(reverse("routing:dispatch"), {"case": new.number})
    (one,) = page.context["similar"]
    assert (one.case, one.is_duplicate) == (old, True)
    assert one.reasons[:2] == ("同一来电人", "同一地点")
    text = page.content.decode()
    assert "很可能是同一件事" in text
    assert one.why in text
    assert reverse("desk:case", args=[old.number]) in text


def test_without_the_index_the_callers_own_cases_are_alike(desk, cast, monkeypatch):
    def broken(*_args, **_facts):
        raise DatabaseError("gone")

    old, new = in_hand(cast), waiting_twin(cast)
    in_hand(cast, 3, phone="13900001111")
    monkeypatch.setattr(type(engine()), "similar", broken)
    page = desk.get(reverse("routing:dispatch"), {"case": new.number})
    assert [one.case for one in page.context["similar"]] == [old]


def test_one_and_four_similar_cases_cost_the_same(desk, cast, django_assert_num_queries):
    in_hand(cast)
    address = f"{reverse('routing:dispatch')}?case={waiting_twin(cast).number}"
    desk.get(address)
    with CaptureQueriesContext(connection) as one:
        assert len(desk.get(address).context["similar"]) == 1
    for number in range(3, 7):
        in_hand(cast, number)
    with django_assert_num_queries(len(one)):
        assert len(desk.get(address).context["similar"]) == 4
