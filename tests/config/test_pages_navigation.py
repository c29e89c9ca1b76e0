"""The bar: each role sees its screens, and the numbers beside them are true."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse

from cases.models import Request
from hotline.desk.bar import waiting
from hotline.desk.bar.menu import PUBLIC, STAFF, Navigation
from hotline.desk.bar.waiting import Waiting
from tests.cast import NOON, wang_says

LATER = timedelta(minutes=10)


def bar(user, path: str = "/desk/notices/") -> list:
    request = RequestFactory().get(path)
    request.user = user
    return Navigation(request).entries


def dispatched(cast, key: str = "form-1"):
    case = wang_says(cast, key=key)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + LATER)
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON + LATER)
    return case


@pytest.mark.parametrize("entry", [*STAFF, *PUBLIC], ids=lambda entry: entry.url_name)
def test_every_entry_leads_somewhere(entry):
    assert reverse(entry.url_name)


def screens(user) -> list[str]:
    return [entry.url_name for entry in STAFF if entry.is_for(user)]


def test_a_role_sees_its_screens_and_the_notices(cast):
    assert screens(cast.clerk) == ["desk:worklist", "satisfaction:figures", "desk:notices"]
    assert screens(cast.operator) == ["desk:operator", "desk:drafts", "desk:notices"]
    assert screens(cast.auditor) == ["desk:audit", "desk:notices"]
    assert {"desk:worklist", "desk:signoff"} <= set(screens(cast.leader))
    labels = [str(shown.label) for shown in bar(cast.clerk)]
    assert labels[-1] == "通知"
    assert "派单" not in labels


def test_a_stranger_sees_nothing():
    from django.contrib.auth.models import AnonymousUser

    assert bar(AnonymousUser()) == []


def test_only_the_nearest_entry_is_current(cast):
    current = [shown for shown in bar(cast.clerk) if shown.current]
    assert [shown.url for shown in current] == [reverse("desk:notices")]


def counted(counter, user, now) -> Waiting:
    return waiting.count({"it": counter}, user, now)["it"]


def test_tasks_are_counted_for_the_unit_that_has_them(cast):
    dispatched(cast, "form-1")
    dispatched(cast, "form-2")
    soon = NOON + 2 * LATER
    assert counted(waiting.tasks, cast.clerk, soon) == Waiting(2, False)
    assert counted(waiting.tasks, cast.other_clerk, soon) == Waiting(0, False)
    assert counted(waiting.tasks, cast.clerk, NOON + timedelta(days=60)) == Waiting(2, True)


def test_cases_are_counted_in_their_states(cast):
    ask = waiting.dispatch
    assert counted(ask, cast.dispatcher, NOON).count == 0
    case = wang_says(cast)
    assert counted(ask, cast.dispatcher, NOON) == Waiting(1, False)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + LATER)
    assert counted(ask, cast.dispatcher, NOON + timedelta(days=30)) == Waiting(1, True)
    assert counted(ask, cast.clerk, NOON).count == 0


def test_requests_wait_for_the_leader_then_for_the_dispatcher(cast):
    task = dispatched(cast).lead()
    task.sign(by=cast.clerk, at=NOON + 2 * LATER)
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.clerk, at=NOON + 2 * LATER)
    now = NOON + 3 * LATER
    assert counted(waiting.sign_off, cast.leader, now).count == 1
    assert counted(waiting.sign_off, cast.other_leader, now).count == 0
    assert counted(waiting.requests, cast.dispatcher, now).count == 0
    Request.objects.get().sign(by=cast.leader, at=now)
    assert counted(waiting.sign_off, cast.leader, now).count == 0
    assert counted(waiting.requests, cast.dispatcher, now).count == 1


def test_the_bar_costs_the_same_with_one_and_three_cases(cast, django_assert_max_num_queries):
    people = (cast.clerk, cast.leader, cast.dispatcher, cast.reviewer, cast.supervisor)
    for number, person in enumerate(people):
        dispatched(cast, f"form-{number}")
        with django_assert_max_num_queries(4):
            bar(type(person).objects.select_related("unit").get(pk=person.pk))
