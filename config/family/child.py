"""One process under the supervisor: started, heard, ended; when to start it again."""

import os
import signal
import subprocess
import time
from contextlib import suppress

import structlog
from django.conf import settings

from config.env import ROOT
from config.family.bond import PARENT, PIPE, SOCKET
from config.family.member import FIRST_SIGN, SILENT, Member
from config.family.pauses import early_deaths, pause

log = structlog.get_logger("config.family")
ERRAND_TRIES = 10  # with the pauses about four minutes of a database that is away
LINE = 4096  # bytes of signs read at once


class Child:
    """A member of the family and the process that is it at the moment. Times are monotonic seconds."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.is_asked_to_stop = False
        self.process: subprocess.Popen[bytes] | None = None
        self.is_over = False  # an errand that is done or given up
        self.starts = 0
        self.reason = ""  # why the last process ended
        self.killed_for = ""  # what this one was killed for by us
        self.next_start = 0.0
        self.doing, self.busy = "", 0.0
        self._deaths = 0
        self.started = 0.0
        self._heard: float | None = None  # when it last gave a sign
        self._signs = -1

    @property
    def is_running(self) -> bool:
        """Whether a process is there that was not yet seen to have ended."""
        return self.process is not None

    def start(self, now: float, socket: int | None = None) -> None:
        """Start the process; when the machine refuses, later again. ``socket``: where visitors come in."""
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        handed = [writing] if socket is None else [writing, socket]
        self.started, self._heard, self.killed_for = now, None, ""
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own command lines
                self.member.words,
                cwd=ROOT,
                env=self._environment(*handed),
                stdin=subprocess.DEVNULL,
                pass_fds=handed,
                start_new_session=True,  # Ctrl-C is for the supervisor, and the group can be ended whole
            )
        except OSError as error:  # too many processes, no memory
            os.close(reading)
            self._rest(now, f"could not be started: {error.strerror}")
            return
        finally:
            os.close(writing)
        self.starts += 1
        self._signs = reading

    def _environment(self, pipe: int, socket: int | None = None) -> dict[str, str]:
        given = {
            **os.environ,
            "PYTHONUNBUFFERED": "1",
            "DATA_DIR": str(settings.DATA_DIR),
            # Celery warns of root because of pickled messages; ours are JSON.
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
            PARENT: str(os.getpid()),
            PIPE: str(pipe),
        }
        given.pop("NOTIFY_SOCKET", None)  # systemd listens to the supervisor alone
        if self.member.is_web and socket is not None:
            given |= {"WEB_WORKERS": str(self.member.web_workers), SOCKET: str(socket)}
        return given

    def look(self, now: float) -> bool:
        """See whether it ended or hangs; ``True`` when something changed."""
        if self.process is None:
            return False
        self._hear(now)
        code = self.process.poll()
        if code is None:
            if why := self._hangs(now):
                log.error("process hangs and is killed", name=self.member.name, why=why)
                self.end(signal.SIGKILL)
                self.killed_for = why
            return False
        self._ended(now, code)
        return True

    def end(self, how: int) -> None:
        """Send a signal to the process and everything it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)

    def _hear(self, now: float) -> None:
        with suppress(BlockingIOError):
            while said := os.read(self._signs, LINE):
                self._heard = now
                busy, _, doing = (
                    said.decode(errors="replace").strip().split("\n")[-1].partition(" ")
                )
                self.busy, self.doing = float(busy) if busy.isdigit() else 0.0, doing

    def _hangs(self, now: float) -> str:
        if not self.member.busy_at_most:
            return ""
        if self._heard is None:
            return f"gave no sign for {FIRST_SIGN:.0f} s" if now - self.started > FIRST_SIGN else ""
        if now - self._heard > SILENT:
            return f"gave no sign for {SILENT:.0f} s"
        if self.busy > self.member.busy_at_most:
            return f"{self.doing} took more than {self.member.busy_at_most:.0f} s"
        return ""

    def _ended(self, now: float, code: int) -> None:
        self.end(signal.SIGKILL)  # whatever it had started
        self.process = None
        os.close(self._signs)
        self.doing, self.busy = "", 0.0
        if self.member.is_errand and code == 0:
            self.is_over, self.reason = True, ""
            return
        said = f"ended with {code}" if code >= 0 else f"ended by {signal.Signals(-code).name}"
        self._rest(now, self.killed_for or said)

    def _rest(self, now: float, why: str) -> None:
        self._deaths = early_deaths(self._deaths, now - self.started)
        self.next_start = now + pause(self._deaths)
        self.reason = why
        if self.is_asked_to_stop:
            log.info("process stopped", name=self.member.name, why=why)
            return
        log.error("process ended", name=self.member.name, why=why, again_in=pause(self._deaths))
        if self.member.is_errand and self.starts >= ERRAND_TRIES:
            self.is_over = True
            log.error("given up until the next start", name=self.member.name)


def seconds() -> float:
    """A clock that nobody can set: monotonic seconds."""
    return time.monotonic()
