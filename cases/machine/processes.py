"""What the supervisor of a machine says of its processes, in a file that every process may read.

``DATA_DIR/family.json`` is written anew at each change and every few seconds, in its place and always
with the same length, so that a full disk hinders nobody. It counts while the supervisor that wrote it
lives; of one that has not written for a while nothing is known any more. Where processes run as units of
their own there is no such file, and only their pulse tells of them.
"""

import json
import os
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from cases.shapes import Payload

RUNNING, STARTING, DOWN, DONE, GIVEN_UP = "running", "starting", "down", "done", "given up"
UNKNOWN = "unknown"  # its supervisor has been silent for too long
SILENT = 15.0  # seconds
LENGTH = 8192  # bytes of the file


@dataclass(frozen=True)
class Process:
    """One process: how it is and since when, how often it was started, why its last one ended."""

    name: str
    state: str
    since: datetime
    starts: int = 1
    reason: str = ""
    doing: str = ""  # what it is at, when that takes a while
    busy: int = 0  # seconds it has been at that

    @property
    def is_down(self) -> bool:
        """Whether its work is not being done."""
        return self.state in {DOWN, UNKNOWN}


def tell(processes: list[Process]) -> None:
    """Write what the supervisor, which is this process, says. Raises ``OSError`` when it cannot."""
    pid = os.getpid()
    body = {
        "supervisor": pid,
        "born": _born(pid),
        "written": time.monotonic(),  # one clock for all processes of a machine
        "processes": [asdict(one) | {"since": one.since.isoformat()} for one in processes],
    }
    path = _path()
    if path.is_dir():  # somebody put it there
        path.rename(path.with_name(f"{path.name}.aside.{time.time_ns()}"))
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.pwrite(file, json.dumps(body).encode().ljust(LENGTH), 0)
        os.ftruncate(file, LENGTH)
    finally:
        os.close(file)


def told() -> list[Process]:
    """What the supervisor of this machine says; empty when none lives or its file cannot be read."""
    try:
        body = json.loads(_path().read_text())
        if body["born"] != _born(body["supervisor"]):
            return []
        found = [_process(one) for one in body["processes"]]
        is_silent = time.monotonic() - body["written"] > SILENT
        return [replace(one, state=UNKNOWN) for one in found] if is_silent else found
    except (OSError, ValueError, KeyError, TypeError):  # absent, half a file, another version's
        return []


def _process(one: Payload) -> Process:
    return Process(**one | {"since": datetime.fromisoformat(one["since"])})


def _path() -> Path:
    return settings.DATA_DIR / "family.json"


def _born(pid: int) -> str:
    """When a living process was started, in ticks since the machine was; another one has another."""
    facts = Path(f"/proc/{int(pid)}/stat").read_text().rpartition(")")[2].split()
    return "" if facts[0] in {"Z", "X"} else facts[19]  # ended, and nobody has looked
