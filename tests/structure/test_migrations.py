"""The migrations are what the models say, run from nothing, and hold no data."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.structure.tree import APPS, ROOT, files


@pytest.mark.django_db
def test_no_migration_is_missing():
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail("models and migrations differ: run manage.py makemigrations")


def test_migrations_change_the_schema_only():
    found = [p for p in files() if p.parent.name == "migrations" and "bulk_create" in p.read_text()]
    assert [str(p.relative_to(ROOT)) for p in found] == []


def test_every_migration_runs_from_nothing(tmp_path):
    """Other tests may begin from a migrated copy; here each migration runs on an empty SQLite file.

    On PostgreSQL the test database itself is always made this way.
    """
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.test"}

    def manage(*command: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own command on our own folder
            [sys.executable, ROOT / "manage.py", *command],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    applied = manage("migrate")
    assert {app for app in APPS if f"Applying {app}.0001_initial" in applied} == set(APPS) - {
        "config"
    }
    manage("migrate", "--check")
