"""Begin from a migrated SQLite database instead of running four hundred migrations for each run.

The first run keeps a copy of its migrated, empty database under a name that is a hash of all migration
files; later runs and the other workers load it, and `migrate` still runs over it. PostgreSQL always starts
from nothing, and so does `tests/structure/test_migrations.py`.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.signals import connection_created

FOLDER = Path(__file__).resolve().parents[1] / ".test-database"


def template() -> Path:
    """Where the copy for the migrations of this moment is kept."""
    known = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            known.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    return FOLDER / f"{known.hexdigest()[:16]}.sqlite3"


def copy_migrated(target: Path) -> None:
    """Put a migrated, empty database there, for processes of a test; made when no run has kept one yet."""
    if template().exists():
        shutil.copy(template(), target)
        return
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=FOLDER.parent,
            env=environment
            | {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
            check=True,
        )
        shutil.copy(Path(folder) / "hotline.sqlite3", target)


def _is_empty_memory(raw: sqlite3.Connection, name: str) -> bool:
    found = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return connection.creation.is_in_memory_db(name) and found == 0


@pytest.fixture(scope="session")
def migrated(django_test_environment):
    """Load the copy into the empty database when it is opened; the first worker makes it alone."""
    if connection.vendor != "sqlite":
        yield None
        return
    FOLDER.mkdir(exist_ok=True)
    path = template()

    def load(sender, connection, **_kwargs):
        if path.exists() and _is_empty_memory(
            connection.connection, connection.settings_dict["NAME"]
        ):
            source = sqlite3.connect(path)
            source.backup(connection.connection)
            source.close()

    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection_created.connect(load)
        yield path, lock
        connection_created.disconnect(load)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, migrated):
    """Runs before the database is made."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, migrated):
    """Runs once it is made: keep the copy for others."""
    if migrated is None:
        return
    path, lock = migrated
    if not path.exists():
        with django_db_blocker.unblock():
            connection.ensure_connection()
            unfinished = path.with_suffix(f".{os.getpid()}")
            copy = sqlite3.connect(unfinished)
            connection.connection.backup(copy)
            copy.close()
        for old in FOLDER.glob("*.sqlite3"):
            old.unlink()
        unfinished.rename(path)
    fcntl.flock(lock, fcntl.LOCK_UN)
