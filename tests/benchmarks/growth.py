"""``make bench-growth``: how each act grows from a small database to a large one, on both engines.

SMALL_DATABASE_URL and LARGE_DATABASE_URL name databases that ``make bench-data`` filled. Every series
(small, large; embedded, and the server of TEST_ELASTICSEARCH_URL when there is one) is measured by turns,
one round each, ROUNDS (3) times, so that noise of the machine strikes all of them. Prints one table an
engine: the bar is 1.3 times the own median (`quality.md` §1), and the floor's growth stands beside it.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("ROUNDS", "3"))
BAR = 1.3
SIZES = ("small", "large")


@dataclass
class Series:
    """What was measured of one database with one engine: milliseconds by act, ours and the floor's."""

    size: str
    server: str = ""
    cases: int = 0
    memory: int = 0
    times: dict[str, tuple[list[float], list[float]]] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Variables its processes get."""
        return os.environ | {
            "BENCH_DATABASE_URL": os.environ[f"{self.size.upper()}_DATABASE_URL"],
            "ELASTICSEARCH_URL": self.server,
            "ELASTICSEARCH_INDEX": f"bench-{self.size}",
        }

    def index(self) -> None:
        """Fill the server's index unless it is there."""
        words = ["manage.py", "rebuild_index", "--engine", "elasticsearch", "--if-missing"]
        settings = {
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
            "DATABASE_URL": self.environment["BENCH_DATABASE_URL"],
        }
        _run(words, self.environment | settings)

    def measure(self) -> None:
        """Measure one round more."""
        with tempfile.NamedTemporaryFile() as file:
            words = ["-m", "tests.benchmarks.measure", "--series", file.name]
            _run(words, self.environment)
            found = json.loads(Path(file.name).read_text())
        self.cases, self.memory = found["cases"], max(self.memory, found["memory"])
        for act, pair in found["seconds"].items():
            kept = self.times.setdefault(act, ([], []))
            for all_of_them, some in zip(kept, pair, strict=True):
                all_of_them.extend(second * 1_000 for second in some)


def _run(words: list[str], environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True)  # noqa: S603


def p95(times: list[float]) -> float:
    """95th percentile."""
    return quantiles(times, n=20)[-1]


def row(act: str, small: Series, large: Series) -> str:
    """One line: both sizes, growth of ours and of the floor, ratio to the floor at the large one."""
    (before, floor_before), (after, floor_after) = small.times[act], large.times[act]
    growth = median(after) / median(before)
    cells = [
        act,
        len(after),
        f"{median(before):.1f} / {p95(before):.1f}",
        f"{median(after):.1f} / {p95(after):.1f}",
        f"{growth:.2f} × {'met' if growth <= BAR else '**missed**'}",
        f"{median(floor_before):.1f} / {p95(floor_before):.1f}",
        f"{median(floor_after):.1f} / {p95(floor_after):.1f}",
        f"{median(floor_after) / median(floor_before):.2f} ×",
        f"{median(after) / median(floor_after):.1f} × · {p95(after) / p95(floor_after):.1f} ×",
    ]
    return "| " + " | ".join(map(str, cells)) + " |"


def table(name: str, small: Series, large: Series) -> str:
    """All acts of one engine."""
    columns = [
        "act", "n each", f"{small.cases:,} cases", f"{large.cases:,} cases", "growth (median)",
        "floor, small", "floor, large", "its growth", "ours over floor, large (median · p95)",
    ]  # fmt: skip
    head = f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"
    lines = [row(act, small, large) for act in small.times]
    memory = f"A web worker keeps at most {small.memory} and {large.memory} MiB."
    return "\n".join([f"{name}; milliseconds, median / p95", "", head, *lines, "", memory, ""])


def main() -> None:
    """Measure by turns and print."""
    servers = {"Embedded engine": ""}
    if server := os.environ.get("TEST_ELASTICSEARCH_URL", ""):
        servers["Search server"] = server
    found = {name: [Series(size, url) for size in SIZES] for name, url in servers.items()}
    every = [series for pair in found.values() for series in pair]
    for series in every:
        if series.server:
            series.index()
    for _ in range(ROUNDS):
        for series in every:
            series.measure()
    for name, pair in found.items():
        sys.stdout.write(table(name, *pair) + "\n")


if __name__ == "__main__":
    main()
