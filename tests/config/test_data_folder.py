"""The data folder is closed to everybody else: new ones, and those that were open before."""

import os

import pytest

from config import data_folder
from config.env import SettingsError, data_dir
from tests.backup.office import Office, unpacked


def open_ones(folder):
    """What others could read or enter, by path."""
    found = [folder, *folder.rglob("*")]
    return sorted(str(path.relative_to(folder)) for path in found if path.stat().st_mode & 0o077)


@pytest.mark.services
def test_a_real_start_closes_the_folder_of_an_earlier_version(tmp_path):
    folder = unpacked(tmp_path / "data")
    assert {".", "hotline.sqlite3", "media", "media/attachments/2026/11/explained.docx"} <= set(
        open_ones(folder)
    )
    old = os.umask(0o022)  # as most machines have it
    try:
        Office(folder).does("run", "--prepare-only")
        Office(folder).ask(
            "from django.core.files.base import ContentFile\n"
            "from django.core.files.storage import default_storage as s\n"
            "s.save('attachments/2031/01/new.txt', ContentFile(b'x'))"
        )
    finally:
        os.umask(old)
    assert (folder / "media" / "attachments" / "2031" / "01" / "new.txt").is_file()
    assert (folder / "static").is_dir()
    assert open_ones(folder) == []


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder as DATA_DIR; the process's own umask is put back."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DATA_DIR", str(folder))
    old = os.umask(0o022)
    yield folder
    os.umask(old)


def test_a_folder_that_everybody_writes_to_is_refused(place):
    place.mkdir()
    place.chmod(0o1777)
    with pytest.raises(SettingsError, match=str(place)):
        data_dir()
    assert place.stat().st_mode & 0o7777 == 0o1777


def test_the_log_of_sqlite_and_what_comes_later_are_closed(place):
    data_dir()
    (place / "queue").mkdir()
    for name in ("hotline.sqlite3-wal", "queue/one.msg"):
        (place / name).write_text("x")
    assert open_ones(place) == []


def test_what_is_not_ours_and_links_are_left_alone(place, tmp_path):
    place.mkdir()
    (place / "note.txt").write_text("mine")
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("theirs")
    (place / "media").mkdir()
    (place / "media" / "link").symlink_to(elsewhere)
    data_dir()
    data_folder.close_all(place)
    assert open_ones(place) == ["media/link", "note.txt"]
