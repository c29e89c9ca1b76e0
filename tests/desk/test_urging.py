"""The office presses a unit from the page of a case (催办): told at once, kept, nothing else moved."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from cases.errors import IllegalStep, NotPermitted
from cases.events import outbox
from cases.models import Assignment, Notice
from tests.cast import NOON
from tests.desk.stages import LATER, contacted, dispatched, drafted, kinds, replied

HEAD = gettext("Urge the unit")


def page_of(browser, user, case) -> str:
    return browser(user).get(reverse("desk:case", args=[case.number])).content.decode()


@pytest.mark.parametrize("name", ["supervisor", "dispatcher"])
def test_urging_tells_the_unit_and_keeps_the_due_time(cast, browser, name):
    case = contacted(cast)
    task, somebody = case.lead(), getattr(cast, name)
    url = reverse("desk:task_urge", args=[task.pk])
    assert url in page_of(browser, somebody, case)
    answer = browser(somebody).post(url, {"note": "诉求人等了一周，请今天答复。"})
    assert (answer.status_code, answer.url) == (303, reverse("desk:case", args=[case.number]))
    now = Assignment.objects.get(pk=task.pk)
    assert (now.state, now.due_at) == (task.state, task.due_at)
    assert kinds(case)[-1] == "unit_urged"
    event = case.events.get(kind="unit_urged")
    assert (event.assignment_id, event.actor_id) == (task.pk, somebody.pk)
    assert case.contacts.count() == 1, "the citizen did not ask again"
    outbox.drain(at=NOON + 30 * LATER)
    assert list(Notice.objects.filter(event=event).values_list("unit_id", flat=True)) == [
        cast.housing.pk
    ]
    told = gettext("%(who)s urged %(unit)s to finish")
    told %= {"who": somebody.name, "unit": task.unit_name}
    assert told in browser(cast.clerk).get("/desk/notices/").content.decode()
    assert "诉求人等了一周，请今天答复。" in page_of(browser, cast.clerk, case)
    assert told not in browser(cast.clerk).get("/desk/notices/").content.decode()


@pytest.mark.parametrize("stage", [dispatched, drafted])
def test_an_open_task_can_be_urged_in_every_state(cast, stage):
    case = stage(cast)
    case.lead().urge(by=cast.supervisor, at=NOON + 9 * LATER)
    assert kinds(case)[-1] == "unit_urged"


def test_what_is_replied_cannot_be_urged(cast, browser):
    case = replied(cast)
    assert HEAD not in page_of(browser, cast.supervisor, case)
    with pytest.raises(IllegalStep):
        case.lead().urge(by=cast.supervisor, at=NOON + 9 * LATER)
    answer = browser(cast.supervisor).post(reverse("desk:task_urge", args=[case.lead().pk]))
    assert answer.status_code == 409
    assert "unit_urged" not in kinds(case)


@pytest.mark.parametrize("name", ["clerk", "leader", "operator", "reviewer", "agent"])
def test_nobody_else_urges_a_unit(cast, browser, name):
    case, somebody = contacted(cast), getattr(cast, name)
    assert HEAD not in page_of(browser, somebody, case)
    with pytest.raises(NotPermitted):
        case.lead().urge(by=somebody, at=NOON + 9 * LATER)
    url = reverse("desk:task_urge", args=[case.lead().pk])
    assert browser(somebody).post(url).status_code == 404
    assert "unit_urged" not in kinds(case)
