"""An office in a folder of a test's own, its backups, and an empty place elsewhere."""

import json
import shutil
from pathlib import Path

import pytest

from tests.backup.office import PASSPHRASE, Office, unpacked


@pytest.fixture(scope="session")
def current(tmp_path_factory) -> Path:
    """That office brought to this version; copied by each test."""
    office = Office(unpacked(tmp_path_factory.mktemp("office") / "data"))
    office.does("migrate", "--noinput", "--verbosity", "0")
    office.does("createcachetable")
    return office.folder


@pytest.fixture
def passphrase(tmp_path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n")
    return path


@pytest.fixture
def office(current, tmp_path, passphrase) -> Office:
    """An office with three letters, accounts and an attached file, and a place for its backups."""
    folder = tmp_path / "data"
    shutil.copytree(current, folder)
    more = {"BACKUP_DIR": str(tmp_path / "kept"), "BACKUP_PASSPHRASE_FILE": str(passphrase)}
    return Office(folder, more)


@pytest.fixture(scope="session")
def first(current, tmp_path_factory) -> Path:
    """One backup of that office, made by the command; copied by each test that damages it."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "passphrase").write_text(f"{PASSPHRASE}\n")
    words = ("--to", str(folder), "--passphrase-file", str(folder / "passphrase"))
    Office(current).does(
        "backup", *words
    )  # elsewhere than by the clock: nothing is noted in the office
    return next(folder.glob("hotline-*Z"))


@pytest.fixture
def made(first, tmp_path) -> Path:
    """A backup of a test's own."""
    return Path(shutil.copytree(first, tmp_path / first.name))


@pytest.fixture
def keys(current) -> dict[str, str]:
    """The keys of the office."""
    return json.loads((current / "secrets.json").read_text())


@pytest.fixture
def elsewhere(tmp_path, passphrase) -> Office:
    """An empty place on another machine."""
    return Office(tmp_path / "elsewhere", {"BACKUP_PASSPHRASE_FILE": str(passphrase)})
