"""Uploaded files from backup to backup: linked when nothing changed, copied when anything did."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from config.backup import files

STRANGE = [
    "plain.txt",
    "with space.txt",
    "旧 照片.jpg",
    "back\\slash.txt",
    "new\nline.txt",
    "deep/er/one.txt",
]


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    for name in STRANGE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def taken(media, before, folder):
    """One backup's files and list in a folder of its own; how many bytes were copied."""
    folder.mkdir()
    found = files.plan(media, before)
    got = files.take(media, found, folder / "media", lambda *_: None)
    files.write_list(folder / "files.sha256", got.digests)
    assert files.read_list(folder / "files.sha256") == got.digests
    return got.new


def checked(folder):
    """What coreutils say of a backup's files."""
    words = ["sha256sum", "--check", "--strict", "files.sha256"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603


def test_sha256sum_reads_the_list_whatever_files_are_called(media, tmp_path):
    taken(media, None, tmp_path / "one")
    done = checked(tmp_path / "one")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(STRANGE)
    (tmp_path / "one" / "media" / "plain.txt").write_text("other")
    assert checked(tmp_path / "one").returncode == 1


def test_only_what_changed_is_copied(media, tmp_path):
    taken(media, None, tmp_path / "one")
    assert taken(media, tmp_path / "one", tmp_path / "two") == 0
    (media / "plain.txt").write_text("PLAIN.txt")  # as long as before, at another time
    os.utime(media / "plain.txt", ns=(1, 1))
    (media / "added.txt").write_text("added")
    (media / "with space.txt").unlink()
    assert taken(media, tmp_path / "two", tmp_path / "three") == len("PLAIN.txt") + len("added")
    digests = files.read_list(tmp_path / "three" / "files.sha256")
    assert digests["plain.txt"] == hashlib.sha256(b"PLAIN.txt").hexdigest()
    assert "with space.txt" not in digests
    assert (tmp_path / "two" / "media" / "plain.txt").read_text() == "plain.txt"


def test_a_disk_without_links_gets_copies(media, tmp_path, monkeypatch):
    taken(media, None, tmp_path / "one")

    def refuse(_self, _target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert taken(media, tmp_path / "one", tmp_path / "two") > 0
    one, two = (tmp_path / name / "media" / "plain.txt" for name in ("one", "two"))
    assert one.stat().st_ino != two.stat().st_ino
    assert one.read_text() == two.read_text()


def test_a_file_that_goes_away_meanwhile_is_left_out(media, tmp_path):
    found = files.plan(media, None)
    (media / "plain.txt").unlink()
    got = files.take(media, found, tmp_path / "one", lambda *_: None)
    assert set(found.sizes) - set(got.digests) == {"plain.txt"}


def test_links_and_what_they_lead_to_stay_out(media, tmp_path):
    (tmp_path / "secret").write_text("x")
    (media / "link").symlink_to(tmp_path / "secret")
    assert "link" not in files.plan(media, None).sizes


@pytest.mark.parametrize(
    "line", ["abc  ../../etc/passwd", "abc  media/../../x", "abc  /etc/passwd", "abc"]
)
def test_a_list_that_leads_elsewhere_is_no_list(tmp_path, line):
    (tmp_path / "files.sha256").write_text(f"{line}\n")
    with pytest.raises(ValueError, match="not a line"):
        files.read_list(tmp_path / "files.sha256")
