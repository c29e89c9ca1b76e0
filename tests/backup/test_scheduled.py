"""Backups by the clock: when one is due, what is told of them, and that they end with their worker."""

import json
import signal
import socket
import time
from datetime import time as of_day
from datetime import timedelta

import pytest

from config.backup import keeping, scheduled, state
from config.backup.asked import BackupAsked, asked
from config.env import SettingsError
from tests.backup.office import backups
from tests.backup.test_stopped import MANY
from tests.cast import moment

BEGIN = """
from django.utils import timezone
from config.backup import scheduled
from config.backup.state import state
print(scheduled.begin_if_due(at=timezone.now()))
print(scheduled.begin_if_due(at=timezone.now()))
if WAIT:
    scheduled._making[0].wait()
    print(scheduled.begin_if_due(at=timezone.now()), state(timezone.now()).word)
else:  # the worker is gone as soon as a part is written
    import os, time
    from django.conf import settings
    end = time.monotonic() + 60
    while time.monotonic() < end and not list(settings.BACKUP.folder.glob("*.partial/media/many/0*")):
        time.sleep(0.001)
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def place(settings, tmp_path):
    """A data folder and a backup folder of this process."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    kept = tmp_path / "kept"
    kept.mkdir()
    settings.BACKUP = BackupAsked(folder=kept, at=of_day(3))
    return kept


@pytest.fixture
def last(place, made, keys, settings, monkeypatch):
    """Say when the last backup was made."""
    (settings.DATA_DIR / "secrets.json").write_text(json.dumps(keys))
    folder = made.rename(place / made.name)

    def was(at):
        told = keeping.kept(place, [keys["CHAIN_KEY"]])[0].manifest
        changed = type(told)(**vars(told) | {"made_at": at.isoformat()})
        (folder / "manifest.json").write_text(changed.as_text(keys["CHAIN_KEY"]))

    return was


def test_without_a_folder_nothing_is_due_and_it_is_told_as_off(settings):
    settings.BACKUP = BackupAsked()
    assert not scheduled.is_due(moment("2026-11-23 12:00"))
    assert state.state(moment("2026-11-23 12:00")).word == state.OFF


def test_the_first_is_due_at_once(place, settings):
    assert scheduled.is_due(moment("2026-11-23 12:00"))
    assert state.state(moment("2026-11-23 12:00")).word == state.NONE


@pytest.mark.parametrize(
    ("made_at", "now", "due"),
    [
        ("2026-11-23 03:00", "2026-11-23 03:01", False),
        ("2026-11-23 03:00", "2026-11-24 02:59", False),
        ("2026-11-23 03:00", "2026-11-24 03:00", True),
        ("2026-11-22 12:00", "2026-11-23 02:59", False),
        ("2026-11-22 12:00", "2026-11-23 03:00", True),
    ],
)
def test_once_a_day_at_its_time(last, made_at, now, due):
    last(moment(made_at))
    assert scheduled.is_due(moment(now)) is due


@pytest.mark.parametrize(("minutes", "due"), [(5, False), (7, True)])
def test_again_after_some_hours(last, settings, minutes, due):
    settings.BACKUP = BackupAsked(folder=settings.BACKUP.folder, every=timedelta(hours=0.1))
    last(moment("2026-11-23 12:00"))
    assert scheduled.is_due(moment("2026-11-23 12:00") + timedelta(minutes=minutes)) is due


def test_none_is_begun_beside_another(last, place):
    last(moment("2026-11-22 12:00"))
    now = moment("2026-11-23 12:00")
    with keeping.alone(place):
        assert not scheduled.is_due(now)
        assert state.state(now).under_way
    assert scheduled.is_due(now)


def test_what_failed_is_told_and_tried_again_after_a_while(last, place):
    last(moment("2026-11-22 12:00"))
    now = moment("2026-11-23 12:00")
    state.note_failure("磁盘空间不够", at=now)
    told = state.state(now)
    assert (told.word, told.problem, told.tried) == (state.FAILED, "磁盘空间不够", now)
    assert told.last == moment("2026-11-22 12:00")  # the earlier one is there still
    assert not scheduled.is_due(now + timedelta(minutes=14))
    assert scheduled.is_due(now + timedelta(minutes=15))


@pytest.mark.parametrize(("hours", "word"), [(24, state.OK), (26, state.OLD)])
def test_a_last_one_that_is_too_old_is_told(last, hours, word):
    last(moment("2026-11-22 03:00"))
    told = state.state(moment("2026-11-22 03:00") + timedelta(hours=hours))
    assert (told.word, told.count) == (word, 1)
    assert told.size > 2_000_000


@pytest.mark.parametrize(
    ("name", "value"),
    [("BACKUP_AT", "25:00"), ("BACKUP_AT", "3"), ("BACKUP_EVERY", "0"), ("BACKUP_EVERY", "often"),
     ("BACKUP_KEEP", "0"), ("BACKUP_KEEP_DAYS", "-1")],
)  # fmt: skip
def test_settings_that_cannot_be_meant_are_refused(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        asked()


def test_a_time_and_a_span_exclude_each_other(monkeypatch):
    monkeypatch.setenv("BACKUP_AT", "03:00")
    assert asked().at == of_day(3)
    monkeypatch.setenv("BACKUP_EVERY", "24")
    with pytest.raises(SettingsError, match="BACKUP_EVERY"):
        asked()


@pytest.mark.services
def test_the_worker_has_one_made_and_tells(office):
    said = office.ask(f"WAIT = True\n{BEGIN}")
    assert said.splitlines()[:2] == ["True", "False"]
    assert said.splitlines()[-1] == "False ok"
    assert len(backups(office)) == 1


@pytest.mark.services
def test_it_ends_with_its_worker(office):
    media = office.folder / "media" / "many"
    media.mkdir()
    for number in range(MANY):
        (media / f"{number:05}.txt").write_text(str(number))
    assert office.run("shell", "-v", "0", "-c", f"WAIT = False\n{BEGIN}").returncode == -9
    kept = office.folder.parent / "kept"
    end = time.monotonic() + 30
    while kept.is_dir() and keeping.is_taken(kept):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert backups(office) == []


@pytest.mark.services
def test_an_office_with_a_place_for_backups_makes_the_first_at_once(office):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = office.start("run", PORT=str(port), HOST="127.0.0.1")
    try:
        end = time.monotonic() + 240
        while not backups(office):
            assert running.poll() is None, running.communicate()
            assert time.monotonic() < end, "no backup was made"
            time.sleep(0.2)
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
    assert '"problem": ""' in (office.folder / "backup.json").read_text()
