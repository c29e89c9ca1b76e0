"""After a spell in which the folder could only be read the same processes write again, in every thread."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.structure.tree import ROOT
from tests.template_database import copy_migrated

# Root may write whatever the permissions are, so the process becomes somebody else. Another process has the
# database open, as the others of an office have: SQLite's files beside it are there, and cannot be written.
BEGIN = """
import json, os, shutil, subprocess, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from config.ticking import Turn
folder = Path(settings.DATA_DIR)
shutil.copy(sys.argv[1], folder / "hotline.sqlite3")  # once the keys of a new office are made

def health():
    return Client(SERVER_NAME="localhost").get("/health/").json()["disk"]

def log_in():
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    return client.post("/login/", {"username": "x", "password": "y"}).status_code

BESIDE = '''
import sqlite3, sys
line = sqlite3.connect(sys.argv[1])
line.execute("PRAGMA journal_mode = WAL")
line.execute("SELECT count(*) FROM django_session").fetchall()
print("open", flush=True)
sys.stdin.read()
'''
beside = subprocess.Popen(
    [sys.executable, "-c", BESIDE, str(folder / "hotline.sqlite3")],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE,
)
beside.stdout.readline()
health(), log_in()  # modules that are imported late lie where somebody else may not read
connections.close_all()
if os.getuid() == 0:
    for path in (folder, *folder.iterdir()):
        os.chown(path, 65534, 65534)
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)

def may_be_written(yes):
    for path in folder.iterdir():
        if path.is_file():
            path.chmod(0o600 if yes else 0o400)
    folder.chmod(0o700 if yes else 0o500)

def tell(*said):
    beside.stdin.close()
    beside.wait()
    print(json.dumps(said))
"""
WEB = """
def each(act):
    return [thread.submit(act).result() for thread in threads]

threads = [ThreadPoolExecutor(1) for _ in range(2)]
may_be_written(False)
during = each(log_in), each(health)
may_be_written(True)
tell(during, each(log_in), each(health))
"""
WORK = """
turn = Turn("cases.clear_sessions", 0.0, Session.objects.all().delete)
may_be_written(False)
turn.take()
during = turn.failures
may_be_written(True)
turn.take()
tell(during, turn.failures)
"""


@pytest.fixture
def spell(tmp_path):
    """Run a process through such a spell, in a folder of its own that whoever it is may reach."""
    folder = Path(tempfile.mkdtemp(prefix="hotline-stuck-"))
    copy_migrated(tmp_path / "migrated.sqlite3")

    def live(what):
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        done = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-c", BEGIN + what, str(tmp_path / "migrated.sqlite3")], cwd=ROOT,
            capture_output=True, text=True, check=False,
            env=kept | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    yield live
    shutil.rmtree(folder)


def test_every_thread_of_a_web_server_writes_again(spell):
    during, *after = spell(WEB)
    assert during == [[507, 507], ["read_only", "read_only"]]
    assert after == [[200, 200], ["ok", "ok"]]


def test_background_work_writes_again(spell):
    assert spell(WORK) == [1, 0]
