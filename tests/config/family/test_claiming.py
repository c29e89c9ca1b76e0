"""A start waits for one that is just ending, and refuses what stays taken."""

import errno
import socket
import threading

import pytest
from django.core.management import CommandError
from django.utils import timezone

from cases.machine import processes
from cases.machine.processes import RUNNING, Process
from config.family import claiming
from config.family.claiming import claim_port, hold


@pytest.fixture(autouse=True)
def _nobody_lives_here(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def later(act):
    timer = threading.Timer(0.5, act)
    timer.start()
    return timer


def test_a_folder_that_is_let_go_within_seconds_is_taken(tmp_path):
    before = hold(tmp_path)
    timer = later(before.close)
    hold(tmp_path).close()
    timer.join()


def test_a_port_that_is_let_go_within_seconds_is_taken_and_lets_nobody_in_yet():
    before = socket.create_server(("127.0.0.1", 0))
    port = before.getsockname()[1]
    timer = later(before.close)
    with claim_port("127.0.0.1", port) as door:
        timer.join()
        assert door.getsockname()[1] == port
        with socket.socket() as visitor:
            assert visitor.connect_ex(("127.0.0.1", port)) == errno.ECONNREFUSED


def test_what_stays_taken_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(claiming, "PATIENCE", 0.2)
    with hold(tmp_path), pytest.raises(CommandError, match=str(tmp_path)):
        hold(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=str(port)):
            claim_port("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_refused_at_once(monkeypatch):
    monkeypatch.setattr(claiming, "PATIENCE", 3600)
    with pytest.raises(CommandError, match=r"192\.0\.2\.1"):
        claim_port("192.0.2.1", 8000)


def test_a_folder_whose_lock_was_deleted_under_a_living_start_is_refused(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    with hold(tmp_path):
        processes.tell([Process("web", RUNNING, timezone.now())])
        (tmp_path / "run.lock").unlink()
        with pytest.raises(CommandError, match=str(tmp_path)):
            hold(tmp_path)


def test_a_lock_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "run.lock").mkdir()
    with pytest.raises(CommandError, match=r"run\.lock"):
        hold(tmp_path)
