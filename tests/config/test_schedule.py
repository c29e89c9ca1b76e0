"""The one schedule: every entry is a task that exists, and late messages die out."""

import pytest
from django.conf import settings

from config.celery import app
from config.schedule import LONG, QUICK, SCHEDULE
from config.supervisor import commands


def test_the_outbox_and_the_clocks_are_looked_after():
    found = {entry["task"]: entry["schedule"] for entry in SCHEDULE.values()}
    assert found["cases.drain_outbox"] == 1
    assert found["cases.sweep_due"] == 3


def test_nothing_long_stands_before_the_outbox_and_the_clocks():
    queues = {entry["task"]: entry["options"]["queue"] for entry in SCHEDULE.values()}
    assert set(queues.values()) == {QUICK, LONG}
    quick = {task for task, queue in queues.items() if queue == QUICK}
    assert quick == {"cases.drain_outbox", "cases.sweep_due", "search.index_public"}


def test_every_queue_has_a_worker_and_one_alone_takes_both():
    workers = [words for words in commands(finish_demo=False).values() if "worker" in words]
    assert sorted(words[words.index("-Q") + 1] for words in workers) == sorted([QUICK, LONG])
    assert [("-B" in words) for words in workers] == [True, False]  # one schedule
    bound = {queue.name: queue.routing_key for queue in app.amqp.queues.values()}
    assert bound == {QUICK: QUICK, LONG: LONG}  # by default both would get what is sent to one


@pytest.mark.parametrize("name", sorted(SCHEDULE))
def test_a_scheduled_task_exists(name):
    app.loader.import_default_modules()
    assert SCHEDULE[name]["task"] in app.tasks


@pytest.mark.parametrize("name", sorted(SCHEDULE))
def test_a_late_message_dies_out(name):
    entry = SCHEDULE[name]
    assert entry["schedule"] < entry["options"]["expires"] <= entry["schedule"] * 10


def test_results_are_not_kept():
    assert settings.CELERY_TASK_IGNORE_RESULT


@pytest.mark.parametrize("name", sorted(SCHEDULE))
@pytest.mark.django_db
def test_a_scheduled_task_may_run_twice_on_nothing(name):
    app.loader.import_default_modules()
    task = app.tasks[SCHEDULE[name]["task"]]
    task.apply(throw=True)
    task.apply(throw=True)
