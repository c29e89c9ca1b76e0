"""The supervisor's loop: everybody is kept alive, until a person or the system asks to stop."""

import signal
import socket
import time
from datetime import datetime

import structlog
from django.utils import timezone

from cases.machine import processes
from cases.machine.processes import DONE, DOWN, GIVEN_UP, RUNNING, STARTING, Process
from config.family import systemd
from config.family.child import Child, seconds
from config.family.member import Member
from config.family.probe import Probe

log = structlog.get_logger("config.family")
WAITING_ROOM = 2048  # visitors who wait to be let in
LOOK = 0.2  # seconds between two looks
TELL = 3.0  # seconds between two writings of what is so
PATIENCE = 5.5  # seconds to stop in; who needs longer is killed
SHOWN_BUSY = 5.0  # seconds after which it is told what somebody is at
FIRST_ALONE = 8.0  # seconds at most in which only the first web server starts
SETTLED = 2.0  # seconds after a start


class Keeper:
    """Keeps a family. Every fault of one child, and of the machine, is told and outlived."""

    def __init__(self, members: list[Member], door: socket.socket) -> None:
        self.door = door
        self.children = [Child(one) for one in members]
        self.probe = Probe()
        self.is_stopping = False
        self._since: dict[str, tuple[str, datetime]] = {}
        self._begun = seconds()
        self._told, self._stop_by = 0.0, 0.0
        self._is_ready = self._is_mute = False

    def run(self) -> None:
        """Work until SIGTERM, SIGINT or SIGHUP and everybody has ended, in ten seconds at most."""
        for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(one, self._stop)
        self.door.listen(WAITING_ROOM)
        self.probe.begin()
        while not self.is_stopping or any(child.is_running for child in self.children):
            self._look(seconds())
            time.sleep(LOOK)
        self._tell(seconds())

    def _stop(self, *_signal: object) -> None:
        how = (
            signal.SIGKILL if self.is_stopping else signal.SIGTERM
        )  # the second Ctrl-C is impatient
        self.is_stopping = True
        self._stop_by = seconds() + PATIENCE
        for child in self.children:
            child.is_asked_to_stop = True
            child.end(how)

    def _look(self, now: float) -> None:
        changed = False
        for child in self.children:
            changed |= child.look(now)
            is_due = not child.is_running and not child.is_over and now >= child.next_start
            if is_due and not self.is_stopping and self._may_start(child, now):
                child.start(now, self.door.fileno() if child.member.is_web else None)
                changed = True
        if self.is_stopping and now > self._stop_by:
            for child in self.children:
                child.end(signal.SIGKILL)
        elif not self.is_stopping:
            self._mind_the_web(now)
        if changed or now - self._told >= TELL:
            self._tell(now)

    def _may_start(self, child: Child, now: float) -> bool:
        """The first web server has the machine to itself until it answers: visitors come first."""
        is_alone = self.probe.answered is None and now - self._begun < FIRST_ALONE
        return child is self.children[0] or child.starts > 0 or not is_alone

    def _mind_the_web(self, now: float) -> None:
        if self.probe.answered and not self._is_ready:
            self._is_ready = systemd.tell("READY=1")  # said until it arrived: it is said only once
        systemd.tell("WATCHDOG=1")
        webs = [one for one in self.children if one.member.is_web and one.is_running]
        if webs and self.probe.hangs(now, max(one.started for one in webs)):
            log.error("web server answers nobody and is killed")
            for child in webs:
                child.killed_for = "answered nobody"
                child.end(signal.SIGKILL)

    def _tell(self, now: float) -> None:
        self._told = now
        try:
            processes.tell([self._process(child, now) for child in self.children])
        except OSError as error:  # a full disk: the office goes on, and says so once
            if not self._is_mute:
                log.error("state of the processes cannot be written", why=error.strerror)  # noqa: TRY400
            self._is_mute = True
        else:
            self._is_mute = False

    def _process(self, child: Child, now: float) -> Process:
        state = self._state(child, now)
        name = child.member.name
        if self._since.get(name, ("",))[0] != state:
            self._since[name] = (state, timezone.now())
        is_long = child.busy >= SHOWN_BUSY
        return Process(
            name,
            state,
            self._since[name][1],
            starts=child.starts,
            reason=child.reason,
            doing=child.doing if is_long else "",
            busy=int(child.busy) if is_long else 0,
        )

    def _state(self, child: Child, now: float) -> str:
        if child.is_over:
            return GIVEN_UP if child.reason else DONE
        if not child.is_running:
            return DOWN if child.starts or child.reason else STARTING  # its turn comes
        return RUNNING if now - child.started >= SETTLED else STARTING
