"""The child's side: end with the supervisor, and give signs of life through a pipe it holds.

The kernel ends a tied process when its parent dies (``PR_SET_PDEATHSIG``), however that came about, so a
killed supervisor leaves nobody behind that holds the port. Started by hand or by its own unit, a process
is tied to nobody and gives no signs.
"""

import ctypes
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PIPE = "HOTLINE_SIGNS"  # number of the open file to write signs to
PARENT = "HOTLINE_PARENT"  # process id of the supervisor
SOCKET = "HOTLINE_SOCKET"  # number of the open socket to take visitors from
EVERY = 2.0  # seconds between two signs
PR_SET_PDEATHSIG = 1


def end_with(parent: int, how: int = signal.SIGKILL) -> None:
    """Have the kernel signal this process when ``parent``, its parent now, dies; it ends if that is dead."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:  # it died before the kernel was asked
        os._exit(1)


class Signs:
    """Tells the supervisor every two seconds that this process lives, and what it is doing since when."""

    def __init__(self) -> None:
        self._pipe = int(os.environ.get(PIPE) or -1)
        self._doing = ""
        self._since = time.monotonic()

    def begin(self) -> None:
        """Tie this process to its supervisor and start to give signs, if it has one."""
        if parent := os.environ.pop(PARENT, ""):  # what this process starts is its own
            end_with(int(parent))
        if self._pipe >= 0:
            os.set_blocking(self._pipe, False)
            threading.Thread(target=self._go_on, name="signs of life", daemon=True).start()

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Say that ``what`` is being done until the block is left."""
        self.turn_to(what)
        try:
            yield
        finally:
            self.turn_to("")

    def turn_to(self, what: str) -> None:
        """Say that ``what`` is being done from now on; empty for nothing."""
        self._since, self._doing = time.monotonic(), what

    def _go_on(self) -> None:
        while True:
            busy = time.monotonic() - self._since if self._doing else 0.0
            try:
                os.write(self._pipe, f"{busy:.0f} {self._doing}\n".encode())
            except BlockingIOError:  # the supervisor is stopped: it reads when it goes on
                pass
            except OSError:  # nobody holds the other end any more
                os._exit(1)
            time.sleep(EVERY)
