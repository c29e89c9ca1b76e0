"""What a process that looks into a stranger's file may use, and how it says that it was too much.

Set by the process itself before it touches the file, kept by the kernel from then on. Pure.
"""

import json
import resource
import signal
import time
from dataclasses import asdict, dataclass

MEGABYTE = 2**20
OUTPUT_BYTES = MEGABYTE // 2


@dataclass(frozen=True)
class Limits:
    """Of one file: ``characters`` and ``patience`` stop the reading, the others end the process.

    ``patience``: processor seconds after which it keeps what it has. ``memory``: bytes of addresses.
    """

    characters: int = 20_000
    patience: float = 5
    cpu_seconds: int = 8
    wall_seconds: int = 10
    memory: int = 512 * MEGABYTE

    def as_json(self) -> str:
        """As one argument of a command line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, said: str) -> "Limits":
        """The inverse of ``as_json``."""
        return cls(**json.loads(said))

    def is_over(self) -> bool:
        """Whether a reader that can stop should."""
        return time.process_time() > self.patience


def confine(limits: Limits) -> None:
    """Take from this process what it does not need; there is no way back."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (most, most))
    signal.alarm(limits.wall_seconds)  # ends it even when nobody waits for it any more
