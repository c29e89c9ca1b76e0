"""``make bench``: the acts of the office beside their floors, in one run, into docs/benchmarks.md.

Works on the database of BENCH_DATABASE_URL, else DATABASE_URL, else (``make bench-sqlite``) on the SQLite
file of DATA_DIR; fills it up to CASES (100,000) first.
``--series FILE`` measures one round and writes it there instead, for ``tests.benchmarks.growth``.
"""

import json
import os
import platform
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

if kept := os.environ.get("BENCH_DATABASE_URL"):
    os.environ["DATABASE_URL"] = kept
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from cases.models import Case  # noqa: E402
from satisfaction.rollup.upkeep import recount, stale_months  # noqa: E402
from tests.benchmarks.acts_to_measure import Act, acts  # noqa: E402
from tests.benchmarks.client import Taken, measure  # noqa: E402
from tests.benchmarks.county import fill  # noqa: E402
from tests.benchmarks.floors import ROLL_UP  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CASES = int(os.environ.get("CASES", "100000"))
SECTION = "measured on SQLite" if connection.vendor == "sqlite" else "measured"
BEGIN, END = f"<!-- {SECTION} -->", f"<!-- /{SECTION} -->"


def prepare() -> None:
    """Tables, reference data, cases, the product's roll-up as its worker keeps it, and the floor's."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_reference", verbosity=0)
    fill(CASES)
    recount_stale()
    with connection.cursor() as cursor:
        cursor.execute(ROLL_UP)
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def recount_stale() -> None:
    """Store the months that changed, as the worker does."""
    for month in stale_months(timezone.now()):
        recount(month, timezone.now())


@contextmanager
def web():
    """Two web workers as the product runs them; gives their port and the master's process id."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1"}
    words = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "tests.benchmarks.wsgi"]
    master = subprocess.Popen(words, cwd=ROOT, env=environment)  # noqa: S603 - our own command line
    try:
        until_it_listens(port)
        yield port, master.pid
    finally:
        master.terminate()
        master.wait(30)


def until_it_listens(port: int) -> None:
    """Wait at most half a minute for the web server."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the web server does not start")


def compared(port: int, act: Act, rounds: int | None = None) -> tuple[Taken, Taken]:
    """Ours and the floor by turns, so that noise of the machine strikes both."""
    act.before()
    ours, floor = Taken([], 0), Taken([], 0)
    for calls, its_floor in act.rounds[:rounds]:
        floor += measure(port, its_floor, act.clients, act.expected)
        ours += measure(port, calls, act.clients, act.expected)
    return ours, floor


def row(act: Act, ours: Taken, floor: Taken) -> str:
    """One line of the table; the ratio is that of the bar."""
    if act.by_rate:
        ratio, met = ours.rate / floor.rate, ours.rate / floor.rate >= act.bar
        said, bar = f"{ratio:.2f} ×", f"≥ {act.bar} × req/s"
    else:
        ratio = ours.p95 / floor.p95
        met, said, bar = ratio <= act.bar, f"{ratio:.2f} ×", f"≤ {act.bar} × p95"
    cells = [
        act.name, act.clients, len(ours.seconds), f"{ours.rate:.0f}", f"{ours.middle:.1f}",
        f"{ours.p95:.1f}", f"{floor.rate:.0f}", f"{floor.middle:.1f}", f"{floor.p95:.1f}", said,
        f"{bar} {'met' if met else '**missed**'}",
    ]  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


COLUMNS = (
    "act | clients | n | req/s | median ms | p95 ms | floor req/s | floor median | floor p95 "
    "| ratio | bar"
)
HEAD = f"| {COLUMNS} |\n|{'---|' * 11}"


def run() -> None:
    """Measure everything and write the section."""
    count = Case.objects.count()
    lines = []
    with web() as (port, _):
        for act in acts():
            line = row(act, *compared(port, act))
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
            lines.append(line)
    load = os.getloadavg()[1]
    machine = (
        f"{datetime.now(UTC):%Y-%m-%d}, {count:,} cases at the start, {os.cpu_count()} cores "
        f"({platform.machine()}), load {load:.1f} over five minutes, {database()}, "
        "gunicorn with 2 workers of 4 threads, client and database on the same "
        "machine."
    )
    write("\n".join([BEGIN, machine, "", HEAD, *lines, END]))


def database() -> str:
    """What is measured on, and how durable it is."""
    asked = {
        "sqlite": ["SELECT sqlite_version()", "PRAGMA synchronous"],
        "postgresql": ["SHOW server_version", "SHOW fsync"],
    }[connection.vendor]
    told = []
    with connection.cursor() as cursor:
        for question in asked:
            cursor.execute(question)
            told.append(f"{cursor.fetchone()[0]}".split()[0])
    if connection.vendor == "sqlite":
        return f"SQLite {told[0]} with WAL and synchronous {told[1]}"
    return f"PostgreSQL {told[0]} with fsync {told[1]}"


def one_series(path: Path) -> None:
    """One round of every act: seconds of each call and of the floor's, and the workers' memory."""
    recount_stale()  # the round before has left a month that has just changed
    with web() as (port, master):
        taken = {act.name: compared(port, act, rounds=1) for act in acts()}
        found = {"cases": Case.objects.count(), "memory": memory(master)}
    acts_ = {name: [one.seconds for one in pair] for name, pair in taken.items()}
    whole = {name: [one.whole for one in pair] for name, pair in taken.items()}
    path.write_text(json.dumps(found | {"seconds": acts_, "whole": whole}))


def memory(master: int) -> int:
    """Most MiB that one web worker keeps in memory by itself or shared (its resident set)."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    kept = [Path(f"/proc/{pid}/status").read_text() for pid in children]
    lines = [line for text in kept for line in text.splitlines() if line.startswith("VmRSS")]
    return max(int(line.split()[1]) for line in lines) // 1024


def write(section: str) -> None:
    """Replace the measured section of the document."""
    path = ROOT / "docs" / "benchmarks.md"
    text = path.read_text()
    before, rest = text.split(BEGIN)
    path.write_text(before + section + rest.split(END)[1])


if __name__ == "__main__":
    if "--series" in sys.argv:
        one_series(Path(sys.argv[sys.argv.index("--series") + 1]))
        raise SystemExit
    prepare()
    if "--fill-only" not in sys.argv:
        run()
