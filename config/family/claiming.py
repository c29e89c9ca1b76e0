"""What one start has for itself: the folder, and the port. A start that is just ending is waited for."""

import errno
import fcntl
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeVar

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cases.machine import processes

PATIENCE = 5.0  # seconds for the processes of a start that was just killed
T = TypeVar("T")


def claim_port(host: str, port: int) -> socket.socket:
    """Take the address; stop with one sentence when another program listens there already.

    Nobody is let in yet: that begins with ``listen``. The supervisor keeps the socket while web servers come
    and go, so visitors wait a moment and are never refused.
    """
    try:
        return _patiently(lambda: _bound(host, port), errno.EADDRINUSE)
    except OSError as error:
        raise CommandError(
            _("Port %(port)s on %(host)s cannot be used (%(why)s). Choose another: PORT=%(next)s")
            % {"port": port, "host": host, "why": error.strerror, "next": port + 1},
        ) from error


def _bound(host: str, port: int) -> socket.socket:
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host.strip("[]"), port))
    except BaseException:
        door.close()
        raise
    return door


def hold(folder: Path) -> IO[str]:
    """Keep the folder for this start alone, until the file returned is closed or this process ends."""
    try:
        lock = (folder / "run.lock").open("w")
    except OSError as error:
        raise CommandError(
            _("%(path)s cannot be written (%(why)s). Remove it, then start again.")
            % {"path": folder / "run.lock", "why": error.strerror}
        ) from error
    try:
        if processes.told():  # the file was deleted under a start that lives
            raise BlockingIOError(errno.EAGAIN, "a supervisor lives")
        _patiently(lambda: fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB), errno.EAGAIN)
    except OSError as error:
        lock.close()
        raise CommandError(
            _(
                "Another start is already using %(folder)s. Stop it first, or choose another DATA_DIR."
            )
            % {"folder": folder},
        ) from error
    return lock


def _patiently(act: Callable[[], T], while_it_is: int) -> T:
    """Try again for a while as long as it fails for this one reason."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except OSError as error:
            if error.errno != while_it_is or time.monotonic() > end:
                raise
        time.sleep(0.1)
