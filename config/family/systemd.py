"""Tell systemd that the office is ready and that its supervisor lives (``Type=notify``, ``WatchdogSec``)."""

import os
import socket


def tell(said: str) -> bool:
    """Send one message of sd_notify(3) without waiting; ``False``: it did not arrive, say it again.

    Without systemd nothing happens and nothing is left to say.
    """
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return True
    if address.startswith("@"):  # a name without a file
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        try:
            line.sendto(said.encode(), socket.MSG_DONTWAIT, address)
        except OSError:  # its queue of ten is full, or it is not there
            return False
    return True
