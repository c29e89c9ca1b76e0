"""A backup that is stopped, killed, or finds no room: nothing looks like a backup, the next one works."""

import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from config.env import ROOT
from tests.backup.office import backed_up, backups

pytestmark = pytest.mark.services
MANY = 400  # files that are written one by one, so that there is a while to halt it in


@pytest.fixture
def busy(office):
    """The office with many files, and its backup begun and halted: half of it is there."""
    media = office.folder / "media" / "many"
    media.mkdir()
    for number in range(MANY):
        (media / f"{number:05}.txt").write_text(str(number))
    running = office.start("backup")
    kept = office.folder.parent / "kept"
    end = time.monotonic() + 60
    while not list(kept.glob("*.partial/media/many/0*")):
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < end
        time.sleep(0.001)
    running.send_signal(signal.SIGSTOP)
    yield office, running
    if running.poll() is None:
        running.kill()
    running.communicate()


def test_a_stopped_one_leaves_nothing(busy):
    office, running = busy
    running.send_signal(signal.SIGTERM)
    running.send_signal(signal.SIGCONT)
    _out, said = running.communicate(timeout=30)
    assert running.returncode == 1
    assert "Traceback" not in said
    kept = office.folder.parent / "kept"
    assert [path.name for path in kept.iterdir() if not path.name.startswith(".")] == []


def test_a_killed_one_leaves_nothing_that_looks_like_a_backup_and_the_next_clears_away(busy):
    office, running = busy
    running.kill()
    running.wait()
    assert backups(office) == []
    made = backed_up(office)
    kept = office.folder.parent / "kept"
    assert [path.name for path in kept.iterdir() if not path.name.startswith(".")] == [made.name]
    assert len(list((made / "media" / "many").iterdir())) == MANY


def test_a_second_one_at_the_same_time_is_told_so(busy):
    office, running = busy
    said = office.refuses("backup")
    assert str(office.folder.parent / "kept") in said
    assert not (office.folder / "backup.json").exists()  # it is no failure
    running.send_signal(signal.SIGCONT)
    running.communicate(timeout=60)
    assert len(backups(office)) == 1
    assert '"problem": ""' in (office.folder / "backup.json").read_text()


def test_a_disk_too_full_is_told_before_anything_is_written(office):
    with (office.folder / "media" / "film").open("wb") as file:
        file.truncate(8 * 10**12)  # a hole: it takes no room here, and would there
    said = office.refuses("backup")
    assert "8.0 TB" in said
    kept = office.folder.parent / "kept"
    assert [path.name for path in kept.iterdir() if not path.name.startswith(".")] == []
    assert "8.0 TB" in (office.folder / "backup.json").read_text()


def test_a_folder_that_cannot_be_written_to_is_told_and_kept_in_mind(office, tmp_path):
    (tmp_path / "file").write_text("no folder")
    gone = str(tmp_path / "file" / "kept")
    assert gone in office.refuses("backup", BACKUP_DIR=gone)
    assert gone in (office.folder / "backup.json").read_text()
    inside = str(office.folder / "media" / "kept")
    assert inside in office.refuses("backup", "--to", inside)


@pytest.mark.parametrize("limit", [1_000_000, 8_000_000], ids=["database", "files"])
def test_a_disk_that_fills_up_meanwhile_is_told_and_the_backups_before_stay(office, limit):
    first = backed_up(office)
    (office.folder / "media" / "large").write_bytes(os.urandom(1000) * 20_000)
    time.sleep(1.01)  # a name of its own for the second
    done = subprocess.run(
        [sys.executable, "manage.py", "backup"],
        cwd=ROOT,
        env=office.environment,
        capture_output=True,
        text=True,
        check=False,
        # No file may get longer: what a full disk does to a write, without filling one.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr, done.stderr
    assert str(office.folder.parent / "kept") in done.stderr
    assert backups(office) == [first]
    assert list((office.folder.parent / "kept").glob("*.partial")) == []
