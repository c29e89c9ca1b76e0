"""Tell systemd that the office is ready and that its supervisor lives (``Type=notify``, ``WatchdogSec``)."""

import os
import socket
from contextlib import suppress


def tell(said: str) -> None:
    """Send one message of sd_notify(3); without systemd nothing happens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):  # a name without a file
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line, suppress(OSError):
        line.settimeout(1)
        line.sendto(said.encode(), address)
