"""Keys changed again and again beside a working office, the change killed at any point: nothing lost."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cases.privacy import secrets_file
from cases.privacy.keyring import NAMES, PURPOSES
from tests.cases.privacy.ring import new_secrets
from tests.faults.racing import sized
from tests.faults.test_duties import own_database
from tests.structure.tree import ROOT
from tests.template_database import copy_migrated

PEOPLE = sized(10_000)
GRACE = 0.05  # minutes: longer than any act of these workers
PATIENCE = 600  # seconds


@pytest.fixture
def folder(tmp_path):
    secrets_file.make(tmp_path / "secrets.json", new_secrets())
    return tmp_path


def own(folder: Path, url: str) -> dict[str, str]:
    """The environment of an office with this folder and database."""
    given = dict.fromkeys((*NAMES.values(), "SECRET_KEY", "CHAIN_SEALED"), "")
    return {
        **os.environ,
        **given,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "LOG_LEVEL": "ERROR",
    }


def run(environment, *words) -> str:
    done = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def until(true, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.05)


def rotated_beside_work(folder: Path, environment: dict[str, str], kills: int) -> None:
    """Fill, work, change all keys with ``kills`` kills between, end well, compare."""
    office = ("-m", "tests.faults.rotating_office")
    run(environment, *office, "fill", str(folder), str(PEOPLE))
    before = secrets_file.read(folder / "secrets.json")
    workers = [
        subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, *office, "work", str(folder), str(seed)], cwd=ROOT, env=environment
        )
        for seed in (1, 2)
    ]
    try:
        until(lambda: all((folder / f"working-{seed}").exists() for seed in (1, 2)))
        killed = killed_at_random(environment, kills)
        run(environment, "manage.py", "rotate_keys", "--wait", "--grace", str(GRACE))
    finally:
        (folder / "stop").touch()
        for worker in workers:
            worker.wait(60)
    compare(folder, environment, before, killed)


def killed_at_random(environment: dict[str, str], kills: int) -> int:
    """Begin the change and kill it after a while, again and again; returns how often it was at work."""
    killed, chance = 0, random.Random(20261129)  # noqa: S311 - a test
    for _ in range(kills):
        running = subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, "manage.py", "rotate_keys", "--wait", "--grace", str(GRACE)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            running.wait(chance.uniform(2.5, 12))
        except subprocess.TimeoutExpired:
            running.kill()
            killed += 1
        finally:
            running.wait(30)
    return killed


def compare(folder: Path, environment: dict[str, str], before: dict[str, str], killed: int) -> None:
    """Nothing refused, nothing lost, nothing left under an old key, and the history is whole."""
    done = [json.loads(path.read_text()) for path in sorted(folder.glob("done-*.json"))]
    assert [one["errors"] for one in done] == [[], []]
    assert all(one["reads"] > 50 and one["written"] for one in done)
    said = json.loads(
        run(environment, "-m", "tests.faults.rotating_office", "check", str(folder), str(PEOPLE))
    )
    people = said.pop("people")
    assert said == {
        "lost": [], "foreign": [], "doubled": 0, "hashes": True, "contacts": True, "codes": True,
    }  # fmt: skip
    history = run(environment, "manage.py", "verify_history")
    assert ", 0 faults." in history
    assert "earlier version" not in history
    after = secrets_file.read(folder / "secrets.json")
    for purpose in PURPOSES:
        assert after[NAMES[purpose]].split(",")[0] != before[NAMES[purpose]]
    assert "," not in after[NAMES["personal"]] + after[NAMES["lookup"]]
    assert before[NAMES["chain"]] in after[NAMES["chain"]].split(",")
    reads, writes = sum(one["reads"] for one in done), sum(len(one["written"]) for one in done)
    slowest = max(one["slowest"] for one in done)
    changes = len(after[NAMES["chain"]].split(",")) - 1
    sys.stderr.write(
        f"\n{people} people, {changes} changes, {killed} kills: {reads} reads and look-ups, {writes} "
        f"registered beside, 0 refused, 0 lost; slowest act {slowest:.2f} s\n"
    )


@pytest.mark.django_db
def test_keys_change_beside_a_working_office_on_sqlite(folder):
    copy_migrated(folder / "office.sqlite3")
    rotated_beside_work(folder, own(folder, f"sqlite:///{folder / 'office.sqlite3'}"), sized(20))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_keys_change_beside_a_working_office_on_postgresql(folder):
    rotated_beside_work(folder, own(folder, own_database()["DATABASE_URL"]), sized(20))
