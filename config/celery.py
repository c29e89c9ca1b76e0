"""The Celery application. Web processes never talk to it: a duty is an outbox row (ADR 0003)."""

import os
from pathlib import Path

from celery import Celery
from django.conf import settings

from config.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("hotline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
app.autodiscover_tasks()

for folder in settings.CELERY_BROKER_TRANSPORT_OPTIONS.values():  # of the broker made of files
    Path(folder).mkdir(parents=True, exist_ok=True)
