"""Citizens say more or urge on the page of their case: the same words once, one urge a day."""

from datetime import timedelta

import pytest

from cases.models import Case
from tests.cast import NOON, wang_says
from tests.site.test_progress import LATER, dispatched, look, replied, text


def test_supplement_is_kept_once(pages, client, clock):
    case = dispatched(pages)
    look(client, case)
    for _ in range(2):
        assert (
            client.post(
                f"/progress/{case.number}/supplements/", {"text": "昨晚又停了一次"}
            ).status_code
            == 303
        )
    event = case.events.get(kind="supplemented")
    assert event.payload["text"] == "昨晚又停了一次"
    assert event.actor_kind == "citizen"


def test_a_supplement_that_names_somebody_is_kept_once_too(pages, client, clock):
    """What is kept beside the original has a stand-in for the number: the words are compared as written."""
    case = dispatched(pages)
    look(client, case)
    said = "昨晚又停了，请打我儿子的电话13907311234。"
    for _ in range(2):
        answer = client.post(f"/progress/{case.number}/supplements/", {"text": said})
        assert answer.status_code == 303
    kept = case.contacts.get(kind="supplement")
    assert kept.note != said
    assert kept.original("note") == said
    assert case.events.filter(kind="supplemented").count() == 1


@pytest.mark.parametrize("typed", ["", "长" * 1001, "坏\x00字"])
def test_a_bad_supplement_changes_nothing(pages, client, clock, typed):
    case = dispatched(pages)
    look(client, case)
    answer = client.post(f"/progress/{case.number}/supplements/", {"text": typed})
    assert answer.status_code == 422
    assert not case.events.filter(kind="supplemented").exists()


def test_urge_once_a_day(pages, client, clock):
    case = dispatched(pages)
    look(client, case)
    for _ in range(2):
        client.post(f"/progress/{case.number}/urges/")
    assert Case.objects.get().urge_count == 1
    assert "今天已经催过" in text(client, case)
    clock.now = NOON + timedelta(hours=13)
    look(client, case)
    client.post(f"/progress/{case.number}/urges/")
    assert Case.objects.get().urge_count == 2


def test_a_call_on_the_same_day_is_counted_beside_ones_own_urge(pages, client, clock):
    """Once a day holds for what the citizen does on the website; who rings is counted each time."""
    case = dispatched(pages)
    look(client, case)
    client.post(f"/progress/{case.number}/urges/")
    for _ in range(2):
        Case.objects.get().urge(note="又打来问", by=pages.operator, at=clock.now)
    client.post(f"/progress/{case.number}/urges/")
    assert Case.objects.get().urge_count == 3
    assert list(case.events.filter(kind="urged").values_list("actor_kind", flat=True)) == [
        "citizen",
        "staff",
        "staff",
    ]


def test_an_urge_says_who_was_told(pages, client, clock):
    """The unit only while it has the case: not before the dispatch, not once it has replied."""
    waiting, sent, done = (
        wang_says(pages, key="a"),
        dispatched(pages, key="b"),
        replied(pages, key="c"),
    )
    clock.now = NOON + 9 * LATER
    for case, told in ((waiting, "热线办"), (sent, "办理的单位"), (done, "热线办")):
        look(client, case)
        page = client.post(f"/progress/{case.number}/urges/", follow=True).content.decode()
        assert f"并已告诉{told}" in page
