"""The demonstration as the browser visits it: prepared once, served by the product's own web server."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@dataclass(frozen=True)
class Office:
    """A running demonstration: its address, sessions by role, places by name."""

    url: str
    sessions: dict[str, str]
    places: dict[str, str]

    def address(self, path: str) -> str:
        """The full address of a path whose ``{places}`` are filled in."""
        return self.url + path.format(**self.places)


def free_port() -> int:
    """Return a port of loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/login/", timeout=5) as answer:  # noqa: S310 - ours
            return answer.status == 200
    except OSError:
        return False


@contextlib.contextmanager
def demonstration(folder: Path) -> Iterator[Office]:
    """Prepare the demo month in ``folder`` (about a minute, a second time nothing) and serve it."""
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | {
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }

    def run(*words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(  # noqa: S603 - our own commands
            command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{words}: {done.stderr[-2000:]}")
        return done.stdout

    run("manage.py", "run", "--prepare-only")
    found = json.loads(run("-m", "tests.browser.places"))
    url = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
        cwd=ROOT,
        env=environment,
    )
    try:
        until = time.monotonic() + START_SECONDS
        while not _answers(url):
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("The web server did not start.")
            time.sleep(0.2)
        yield Office(url, found["sessions"], found["places"])
    finally:
        server.terminate()
        server.wait(timeout=60)
