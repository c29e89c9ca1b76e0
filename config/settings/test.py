"""Tests: throw-away data folder, quick hashing; the database is SQLite unless DATABASE_URL says."""

import atexit
import os
import shutil
import tempfile

if "DATA_DIR" not in os.environ:  # the workers of one run inherit it, its maker removes it
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="hotline-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.settings.base import *  # noqa: F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "cases.files.storage.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
NUMBER_BLOCK = 1  # a rolled-back test must not leave numbers in this process's block
CELERY_TASK_ALWAYS_EAGER = True
ELASTICSEARCH_URLS = []  # tests of the search server say so themselves: TEST_ELASTICSEARCH_URL
