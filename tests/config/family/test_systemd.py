"""What systemd is told: without waiting, and that the office is ready for as long as it has not heard it."""

import socket

import pytest

from config.family import systemd


@pytest.fixture
def manager(tmp_path, monkeypatch):
    """A socket that nobody reads yet."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield line


def test_what_is_told_arrives(manager):
    assert systemd.tell("READY=1")
    assert manager.recv(100) == b"READY=1"


def test_a_manager_that_does_not_read_holds_nobody_up_and_is_told_again(manager):
    told = 0
    while systemd.tell("WATCHDOG=1"):
        told += 1
    assert 0 < told < 10_000
    assert not systemd.tell("READY=1")
    manager.recv(100)
    assert systemd.tell("READY=1")


def test_without_systemd_there_is_nothing_to_tell(monkeypatch, tmp_path):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert systemd.tell("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    assert not systemd.tell("READY=1")
