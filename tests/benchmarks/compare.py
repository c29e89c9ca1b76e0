"""``make bench-compare BEFORE=folder``: another version and this one side by side, request by request.

Two runs after each other on a shared machine differ by half; here both versions serve at once, each from a
database of its own with the same generated cases (CASES, 20,000), and are asked by turns in small portions,
whoever comes first changing. Prints a table; the last column is after over before, of the medians.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.benchmarks.client import Call, Taken, measure

HERE = Path(__file__).resolve().parent
PORTION = {1: 5, 8: 40}  # requests in a row to one version, by the number of clients
HEAD = "| act | n | before median / p95 | after median / p95 | medians |\n|---|---|---|---|---|"


class Side:
    """A version that serves."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def listen(self) -> None:
        """Wait until its cases are made and it serves."""
        found = json.loads(self._line())
        self.port, self.acts = found["port"], found["acts"]

    def get_ready(self, act: int) -> None:
        """Do what comes before an act, in the version's own process."""
        assert self.process.stdin
        self.process.stdin.write(f"{act}\n")
        self.process.stdin.flush()
        self._line()

    def ask(self, act: int, start: int, end: int) -> Taken:
        """Make a portion of an act's calls."""
        one = self.acts[act]
        calls = [Call(*call) for call in one["calls"][start:end]]
        return measure(self.port, calls, one["clients"], set(one["expected"]))

    def _line(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("a version did not start: see above")
        return line


@contextmanager
def side(folder: Path, name: str) -> Iterator[Side]:
    """Start a version on a database of its own."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "DATA_DIR": data, "PYTHONPATH": str(folder)}
        environment.setdefault("CASES", "20000")
        if url := os.environ.get("DATABASE_URL"):
            environment["DATABASE_URL"] = database(url, name)
        process = subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, str(HERE / "side.py")],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield Side(process)
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait(60)


def database(url: str, name: str) -> str:
    """A new database beside the one of the address; its address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def compared(sides: tuple[Side, Side], act: int) -> str:
    """One line of the table."""
    taken = [Taken([], 0), Taken([], 0)]
    for one in sides:
        one.get_ready(act)
    about: dict[str, Any] = sides[0].acts[act]
    portion = PORTION.get(about["clients"], 40)
    for turn, start in enumerate(range(0, len(about["calls"]), portion)):
        for which in (0, 1) if turn % 2 else (1, 0):
            taken[which] += sides[which].ask(act, start, start + portion)
    before, after = taken
    cells = [about["name"], f"{len(before.seconds)}"]
    cells += [f"{one.middle:.1f} / {one.p95:.1f}" for one in taken]
    return "| " + " | ".join([*cells, f"{after.middle / before.middle:.2f} ×"]) + " |"


def main(folder: Path) -> None:
    """Compare the version in ``folder`` with this one."""
    with ExitStack() as stack:
        sides = (
            stack.enter_context(side(folder.resolve(), "before")),
            stack.enter_context(side(HERE.parents[1], "after")),
        )
        for one in sides:  # they get ready at the same time
            one.listen()
        sys.stdout.write(HEAD + "\n")
        for act in range(len(sides[1].acts)):
            sys.stdout.write(compared(sides, act) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
