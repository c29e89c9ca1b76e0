"""The product as it runs, with the benchmark's own addresses added."""

import os

os.environ.setdefault("DEMO", "0")
os.environ.setdefault("LOG_LEVEL", "WARNING")
from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
STORAGES["staticfiles"] = {  # noqa: F405 - nothing is collected: pages are measured, not files
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
