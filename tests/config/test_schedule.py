"""The one schedule: every entry is a task that exists, and late messages die out."""

import pytest
from django.conf import settings

from config.celery import app
from config.family.member import members
from config.management.commands.work import LANES
from config.schedule import LONG, QUICK, SCHEDULE


def test_the_outbox_and_the_clocks_are_looked_after():
    found = {entry["task"]: entry["schedule"] for entry in SCHEDULE.values()}
    assert found["cases.drain_outbox"] == 1
    assert found["cases.sweep_due"] == 3


def test_nothing_long_stands_before_the_outbox_and_the_clocks():
    queues = {entry["task"]: entry["options"]["queue"] for entry in SCHEDULE.values()}
    assert set(queues.values()) == {QUICK, LONG}
    quick = {task for task, queue in queues.items() if queue == QUICK}
    assert quick == {"cases.drain_outbox", "cases.sweep_due", "search.index_public"}


def test_every_queue_has_a_worker_with_and_without_a_broker(settings):
    settings.BROKER_IS_INSIDE = True
    inside = [one.words[-1] for one in members(finish_demo=False) if "work" in one.words]
    assert [LANES[lane] for lane in inside] == [QUICK, LONG]
    settings.BROKER_IS_INSIDE = False
    words = [one.words for one in members(finish_demo=False)]
    queues = [said[said.index("-Q") + 1] for said in words if "-Q" in said]
    assert sorted(queues) == sorted([QUICK, LONG])
    assert [said[-2:] for said in words].count(["work", "send"]) == 1  # one schedule
    bound = {queue.name: queue.routing_key for queue in app.amqp.queues.values()}
    assert bound == {QUICK: QUICK, LONG: LONG}  # by default both would get what is sent to one


@pytest.mark.parametrize("name", sorted(SCHEDULE))
def test_a_scheduled_task_exists(name):
    app.autodiscover_tasks(force=True)
    assert SCHEDULE[name]["task"] in app.tasks


@pytest.mark.parametrize("name", sorted(SCHEDULE))
def test_a_late_message_dies_out(name):
    entry = SCHEDULE[name]
    assert entry["options"]["expires"] == max(entry["schedule"] * 5, 60)  # clocks differ by seconds


def test_results_are_not_kept():
    assert settings.CELERY_TASK_IGNORE_RESULT


@pytest.mark.parametrize("name", sorted(SCHEDULE))
@pytest.mark.django_db
def test_a_scheduled_task_may_run_twice_on_nothing(name):
    app.autodiscover_tasks(force=True)
    task = app.tasks[SCHEDULE[name]["task"]]
    task.apply(throw=True)
    task.apply(throw=True)
