"""The Celery application, for offices with a broker. Web processes never talk to it: a duty is an outbox row.

Without a broker nothing is sent: ``manage.py work`` calls the same tasks by itself (ADR 0013).
"""

import os

from celery import Celery, Task
from celery.signals import task_postrun, task_prerun, worker_init

from config.family.bond import Signs
from config.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("hotline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
app.autodiscover_tasks()
signs = Signs()


@worker_init.connect
def tie_to_supervisor(**_told: object) -> None:
    """End with the supervisor and give it signs of life, where there is one."""
    signs.begin()


@task_prerun.connect
def say_what_is_done(task: Task, **_told: object) -> None:
    """Tell the supervisor what this worker is at."""
    signs.turn_to(task.name)


@task_postrun.connect
def say_it_is_over(**_told: object) -> None:
    """Tell the supervisor that it is done."""
    signs.turn_to("")
