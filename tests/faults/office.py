"""A whole office as `manage.py run` starts it, on a folder of the test: its processes, its acts, its end."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.faults.test_kills import post
from tests.structure.tree import ROOT


def until(true: Callable[[], object], seconds: float, what: str = "it") -> float:
    """Wait until something outside this process is so; returns the seconds it took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, f"{what} did not come within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - begun


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not waited for does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}


def children(pid: int) -> list[int]:
    """Processes that a process started and that still belong to it."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [int(one) for one in found]


WHOLE = 6  # two web servers with a process each, two workers


class Office:
    """An empty office with the benchmark's address for creating cases; SQLite unless told."""

    def __init__(self, folder: Path, **environment: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.folder = folder
        self.log = folder.parent / f"{folder.name}.log"
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = kept | {
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "DEMO": "0",
            **environment,
        }
        self.running: subprocess.Popen | None = None

    def start(self, seconds: float = 120) -> float:
        """Start it and wait for its first answer; returns the seconds that took."""
        begun = time.monotonic()
        with self.log.open("a") as log:
            self.running = subprocess.Popen(
                [sys.executable, "manage.py", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        until(lambda: self.running.poll() is not None or self.answers(), seconds, "an answer")
        assert self.running.poll() is None, self.log.read_text()
        took = time.monotonic() - begun
        until(lambda: len(self.pids()) == WHOLE, 60, "the whole family")
        return took

    def stop(self) -> float:
        """Stop it as Ctrl-C does; returns the seconds that took. Safe to call twice."""
        begun = time.monotonic()
        if self.running is not None and self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
            self.running.wait(60)
        return time.monotonic() - begun

    def answers(self, page: str = "/health/alive/") -> bool:
        """Whether the page comes with 200."""
        return self.status(page) == 200

    def status(self, page: str) -> int:
        """The status of a page; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{page}", timeout=30
            ) as answer:
                answer.read()
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def health(self) -> dict:
        """What the whole of /health/ says."""
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/health/", timeout=30
            ) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return json.load(error)
        except OSError:
            return {}

    def pids(self) -> dict[str, int]:
        """Process ids by name: the members of the family, and the web's own processes."""
        found = {}
        for pid in children(self.running.pid):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            if "gunicorn" in words:
                name = "web" if "web" not in found else "web 2"
                found[name] = pid
                found |= {f"{name} worker": one for one in children(pid)}
            elif "work" in words:
                found[words[words.index("work") + 1]] = pid
        return found

    def query(self, sql: str) -> list:
        """Read the office's SQLite file beside it."""
        line = sqlite3.connect(
            f"file:{self.folder / 'hotline.sqlite3'}?mode=ro", uri=True, timeout=20
        )
        try:
            return line.execute(sql).fetchall()
        finally:
            line.close()

    def manage(self, *words: str) -> subprocess.CompletedProcess:
        """Run a command of the office beside it."""
        return subprocess.run(  # noqa: S603 - our own command line
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def create(self, key: str) -> tuple[int, str]:
        """One matter by one form; its number, or the refusal."""
        return post(self.port, key, f"路灯不亮，{key}")

    def is_served(self) -> bool:
        """Whether background work has nothing left to do."""
        return self.query("SELECT count(*) FROM cases_duty WHERE NOT parked") == [(0,)]


class Citizens:
    """People who send each form until it is acknowledged, while something happens to the office."""

    def __init__(self, office: Office, clients: int = 3) -> None:
        self.office = office
        self.acknowledged: dict[str, str] = {}
        self.refused: list[tuple[int, str]] = []
        self.broken = 0
        self.slowest = 0.0  # seconds between two answers to one person
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(clients)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _work(self, person: int) -> None:
        number, last = 0, time.monotonic()
        while not self._is_over.is_set():
            key = f"form-{person}-{number}"
            status, said = self.office.create(key)
            with self._lock:
                if status == 201:
                    self.acknowledged[key] = said
                    self.slowest = max(self.slowest, time.monotonic() - last)
                    number, last = number + 1, time.monotonic()
                elif status:
                    self.refused.append((status, said[:200]))
                else:
                    self.broken += 1
            self._is_over.wait(0.05)
