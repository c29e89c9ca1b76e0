"""Ask the web server whether it answers, beside the supervisor's own loop. Any answer is an answer."""

import http.client
import threading
import time

from django.conf import settings

EVERY = 2.0
PATIENCE = 20.0  # seconds for one answer; a flood of visitors makes it slow, not dead
HUNG = 60.0  # seconds without any answer


class Probe:
    """Notes when the web server last answered."""

    def __init__(self) -> None:
        self.answered: float | None = None

    def begin(self) -> None:
        """Ask again and again from a thread of its own."""
        threading.Thread(target=self._go_on, name="probe", daemon=True).start()

    def hangs(self, now: float, since: float) -> bool:
        """Whether a server that runs since ``since`` has answered nobody for too long."""
        return now - max(self.answered or since, since) > HUNG

    def _go_on(self) -> None:
        while True:
            if answers():
                self.answered = time.monotonic()
            time.sleep(EVERY)


def answers() -> bool:
    """Whether anything answers at the office's address; the database is not asked."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104
    line = http.client.HTTPConnection(host.strip("[]"), settings.PORT, timeout=PATIENCE)
    try:
        line.request("GET", "/health/alive/")
        line.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return True
