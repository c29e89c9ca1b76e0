"""What the supervisor of a machine says of its processes, in a file that every process may read.

``DATA_DIR/family.json`` is replaced as a whole, at each change and every few seconds. It counts while the
supervisor that wrote it lives; where processes run as units of their own there is none, and only their pulse
tells of them.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

RUNNING, STARTING, DOWN, DONE, GIVEN_UP = "running", "starting", "down", "done", "given up"


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
        return self.state == DOWN


def tell(processes: list[Process]) -> None:
    """Write what the supervisor, which is this process, says. Raises ``OSError`` when it cannot."""
    pid = os.getpid()
    body = {
        "supervisor": pid,
        "born": _born(pid),
        "processes": [asdict(one) | {"since": one.since.isoformat()} for one in processes],
    }
    path = _path()
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(body))
    temporary.replace(path)


def told() -> list[Process]:
    """What the supervisor of this machine says; empty when none lives or its file cannot be read."""
    try:
        body = json.loads(_path().read_text())
        if body["born"] != _born(body["supervisor"]):
            return []
        return [_process(one) for one in body["processes"]]
    except (OSError, ValueError, KeyError, TypeError):  # absent, half a file, another version's
        return []


def _process(one: dict[str, Any]) -> Process:
    return Process(**one | {"since": datetime.fromisoformat(one["since"])})


def _path() -> Path:
    return settings.DATA_DIR / "family.json"


def _born(pid: int) -> str:
    """When a living process was started, in ticks since the machine was; another one has another."""
    return Path(f"/proc/{int(pid)}/stat").read_text().rpartition(")")[2].split()[19]
