"""An office without its keys, or with another's: each real process that is started ends with a sentence."""

import os
import socket
import subprocess
import sys

import pytest

from cases.privacy import secrets_file
from cases.privacy.keyring import NAMES, PURPOSES, parse
from tests.cases.privacy.ring import new_secrets
from tests.faults.test_rotation import own
from tests.structure.tree import ROOT
from tests.template_database import copy_migrated

STARTS = {
    "run": ("manage.py", "run"),
    "prepare": ("manage.py", "run", "--prepare-only"),
    "web": ("-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"),
    "worker": ("-m", "celery", "-A", "config.celery", "worker", "--pool", "solo", "-Q", "celery"),
    "command": ("manage.py", "create_administrator", "--username", "nobody"),
    "import": ("manage.py", "import_letters", "none.xlsx"),
    "history": ("manage.py", "verify_history"),
    "rotation": ("manage.py", "rotate_keys"),
}


def start(environment, *words):
    """Start and wait for the end; a process that stays is killed and fails the test."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    return subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, *words],
        cwd=ROOT,
        env=environment | {"PORT": port, "HOST": "127.0.0.1", "DEMO": "0"},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


@pytest.fixture
def office(tmp_path, db):
    """An empty office on SQLite whose keys were noted by a start; gives folder and environment."""
    secrets_file.make(tmp_path / "secrets.json", new_secrets())
    copy_migrated(tmp_path / "hotline.sqlite3")
    url = f"sqlite:///{tmp_path / 'hotline.sqlite3'}"
    environment = own(tmp_path, url) | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    noted = start(environment, "manage.py", "rotate_keys", "--status")
    assert noted.returncode == 0, noted.stderr
    return tmp_path, environment


@pytest.mark.parametrize("name", STARTS)
def test_with_the_keys_of_another_office_nothing_starts(office, name):
    folder, environment = office
    path = folder / "secrets.json"
    chain = parse("chain", secrets_file.read(path)[NAMES["chain"]])[0]
    foreign = secrets_file.read(path) | {NAMES["chain"]: new_secrets()[NAMES["chain"]]}
    path.unlink()
    secrets_file.make(path, foreign)
    done = start(environment, *STARTS[name])
    said = done.stdout + done.stderr
    assert done.returncode not in {0, None}
    assert chain.id in said, said
    assert "secrets.json" in said
    assert foreign[NAMES["chain"]] not in said
    assert secrets_file.read(path) == foreign


def kept(folder):
    """Names and sizes of what is kept; SQLite's own two files come with looking into it."""
    return sorted(
        (path.name, path.stat().st_size)
        for path in folder.iterdir()
        if not path.name.endswith(("-wal", "-shm"))
    )


@pytest.mark.parametrize("name", STARTS)
def test_without_the_keys_nothing_starts_and_none_are_made(office, name):
    folder, environment = office
    os.unlink(folder / "secrets.json")  # noqa: PTH108
    before = kept(folder)
    done = start(environment, *STARTS[name])
    said = done.stdout + done.stderr
    assert done.returncode not in {0, None}
    assert "备份" in said, said
    assert not (folder / "secrets.json").exists()
    assert kept(folder) == before


def test_with_its_own_keys_the_office_starts(office):
    folder, environment = office
    done = start(environment, *STARTS["history"])
    assert done.returncode == 0, done.stderr
    assert "0 sealed values opened, 0 faults." in done.stdout
    assert len(PURPOSES) == 3
    assert folder
