"""The drill: letters come in while backups are made; the last backup is put back on another machine.

Whatever was acknowledged before a backup began is in it, nothing half is, counts and chains are those of its
manifest, and every file a row names is there.
"""

import os
import subprocess
import sys
import time
import uuid
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config.env import ROOT
from tests.backup.office import Office, backed_up
from tests.faults.racing import sized
from tests.faults.test_duties import own_database

DESKS = 3
LOOK = """
from cases.models import Attachment, Case, IntakeKey
print(" ".join(sorted(IntakeKey.objects.values_list("case__number", flat=True))))
half = [Case.objects.exclude(events__kind="registered"), Case.objects.filter(petitioner=None)]
print(sum(rows.count() for rows in half))
print(Attachment.objects.count())
"""


class Desks:
    """Processes that take letters in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def acknowledged(self) -> set[str]:
        """The numbers of the letters whose writers were told so by now."""
        lines = "".join(path.read_text() for path in self.folder.glob("*.acknowledged"))
        return set(lines.split())

    def wait_for(self, count: int) -> None:
        """Wait until that many were acknowledged."""
        end = time.monotonic() + 120
        while len(self.acknowledged()) < count:
            assert time.monotonic() < end, "the desks take nothing in"
            time.sleep(0.05)


@contextmanager
def intake(office: Office, folder: Path):
    """Open the desks; close them at the end, and see that none has failed."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.backup.intake"]
    with ExitStack() as ended:
        started = [
            ended.enter_context(
                subprocess.Popen(  # noqa: S603 - our own command line
                    [*command, f"desk{n}", str(folder)], cwd=ROOT, env=office.environment
                )
            )
            for n in range(DESKS)
        ]
        try:
            yield Desks(folder)
        finally:
            (folder / "stop").touch()
    assert [one.returncode for one in started] == [0] * DESKS


def drill(office: Office, elsewhere: Office, folder: Path, *words: str) -> None:
    """Back up some times during intake, restore the last, and compare."""
    with intake(office, folder) as desks:
        desks.wait_for(10)
        for number in range(sized(10)):
            before = desks.acknowledged()
            made = backed_up(office)
            desks.wait_for(len(before) + 5)
            assert desks.acknowledged() > before, f"nothing came in during backup {number}"
    said = elsewhere.does("restore", str(made), *words)
    numbers, half, files = elsewhere.ask(LOOK).splitlines()
    assert before <= set(numbers.split())
    assert str(len(numbers.split())) in said
    assert half == "0"
    assert int(files) >= len(before)
    sys.stderr.write(f"\n{len(before)} acknowledged before, {len(numbers.split())} in the backup\n")


@pytest.mark.services
def test_on_sqlite(office, elsewhere, tmp_path):
    drill(office, elsewhere, tmp_path / "desks")


@contextmanager
def another_database():
    """An empty database on the same server, for as long as it is needed; gives its URL."""
    name = f"restored_{uuid.uuid4().hex[:8]}"
    its = connection.settings_dict
    server = f"postgres://{its['USER']}:{its['PASSWORD']}@{its['HOST']}:{its['PORT']}"
    with closing(psycopg.connect(f"{server}/postgres", autocommit=True)) as admin:
        admin.execute(f"CREATE DATABASE {name} ENCODING UTF8 LC_CTYPE 'C.UTF-8' TEMPLATE template0")
        try:
            yield f"{server}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name}")


@pytest.fixture
def on_server(cast, tmp_path, passphrase):
    """The office of this test's database on PostgreSQL."""
    its = own_database()
    more = {"BACKUP_DIR": str(tmp_path / "kept"), "BACKUP_PASSPHRASE_FILE": str(passphrase)}
    kept = {"DATABASE_URL": its["DATABASE_URL"]}
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / "secrets.json").write_bytes((Path(settings.DATA_DIR) / "secrets.json").read_bytes())
    return Office(folder, more | kept)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_on_postgresql(on_server, elsewhere, tmp_path):
    with another_database() as url:
        elsewhere.more["DATABASE_URL"] = url
        drill(on_server, elsewhere, tmp_path / "desks")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_database_with_tables_is_left_alone(on_server, tmp_path):
    made = backed_up(on_server)
    said = on_server.refuses("restore", str(made), "--into", str(tmp_path / "new"))
    assert connection.settings_dict["NAME"] in said
    assert not (tmp_path / "new").exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_missing_or_old_pg_dump_is_told_with_what_to_install(on_server, tmp_path, monkeypatch):
    from config.backup import BackupError, postgres

    with postgres.connected(connection.settings_dict) as live:
        least = postgres.version(live)
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o700)
    monkeypatch.setattr(postgres, "PLACES", str(tmp_path / "nowhere"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match=f"postgresql-client-{least}"):
        postgres.tool("pg_dump", least)
    with pytest.raises(BackupError, match=f"postgresql-client-{least}"):
        postgres.tool("pg_restore", least)
    assert os.environ["PATH"] == str(tmp_path)
