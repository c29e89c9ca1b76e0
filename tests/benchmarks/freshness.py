"""``make bench-freshness``: how long after an act a search finds what it changed, with the real worker.

Registers CASES_TO_FIND (60) cases one after the other, each with a word of its own, and asks for the word
until it is found, on the database of BENCH_DATABASE_URL, else DATABASE_URL, and on the server of
TEST_ELASTICSEARCH_URL when there is one: with nothing else to do, while the alarms of a thousand clocks are
due at once, and while exports of EXPORT_MOST_ROWS cases and stale months wait. The bar is two seconds.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from tempfile import TemporaryDirectory

os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL") or os.environ["DATABASE_URL"]
os.environ.setdefault("ELASTICSEARCH_URL", os.environ.get("TEST_ELASTICSEARCH_URL", ""))
os.environ.setdefault("ELASTICSEARCH_INDEX", "bench")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from cases.events.outbox import drain  # noqa: E402
from cases.lifecycle.registering import IntakeData  # noqa: E402
from cases.models import Alarm, Case, Category, Unit, User  # noqa: E402
from cases.people.person import CITIZEN  # noqa: E402
from cases.privacy.keyring import NAMES, written  # noqa: E402
from cases.privacy.keys import ring  # noqa: E402
from config.env import ROOT  # noqa: E402
from config.family.member import members  # noqa: E402
from hotline import intake  # noqa: E402
from satisfaction.rollup.upkeep import note_since  # noqa: E402
from search.asking.question import Question  # noqa: E402
from search.engines.chosen import EMBEDDED, elastic  # noqa: E402
from search.engines.port import Engine, Query  # noqa: E402
from search.exports.exporting import ask  # noqa: E402
from search.models import ExportRequest  # noqa: E402
from search.words.query_language import parse  # noqa: E402
from tests.benchmarks.acts_to_measure import CHANGED  # noqa: E402
from tests.benchmarks.engines import person  # noqa: E402

CASES_TO_FIND = int(os.environ.get("CASES_TO_FIND", "60"))
BAR = 2.0
PATIENCE = 60.0  # seconds until a case counts as lost
GAPS = (0.13, 0.71, 0.37, 0.92, 0.58)  # seconds between two cases, out of step with the schedule
EXPORTS_WAITING = 3
ALARMS_DUE = 1_000


@contextmanager
def workers() -> Iterator[None]:
    """The background work as ``manage.py run`` starts it."""
    with TemporaryDirectory(prefix="hotline-freshness-") as folder:
        environment = os.environ | {
            "DATA_DIR": folder,
            "SECRET_KEY": settings.SECRET_KEY,  # of the office whose database it is
            **{name: written(ring(purpose)) for purpose, name in NAMES.items()},
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        }
        lines = [one.words for one in members(finish_demo=False) if not one.is_web]
        running = [subprocess.Popen(words, cwd=ROOT, env=environment) for words in lines]  # noqa: S603
        try:
            yield
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(60)


def register(word: str) -> Case:
    """One matter with a word that no other holds."""
    now = timezone.now()
    data = IntakeData(
        channel="web",
        title=f"路灯{word}不亮",
        content=f"人民路{word}路灯不亮",
        contact_at=now,
        category=Category.objects.first(),
        name="王桂芬",
        phone="13807316217",
        address="人民路",
    )
    return intake.take_in(data, key=f"fresh-{word}", by=CITIZEN, at=now)


def seconds_until_found(word: str, engines: list[Engine], user: User) -> dict[str, float]:
    """Seconds from the end of the act to each engine's first hit; infinite when it was not found."""
    started, found = time.monotonic(), {}
    while len(found) < len(engines) and time.monotonic() - started < PATIENCE:
        for engine in engines:
            query = Query(timezone.now(), parse(word).terms, viewer=user, size=1)
            seen = Case.objects.visible_to(user)
            if engine.name not in found and engine.search(query, seen).total:
                found[engine.name] = time.monotonic() - started
        time.sleep(0.02)
    return {engine.name: found.get(engine.name, float("inf")) for engine in engines}


def forget_alarms() -> None:
    """Take the alarms that the generator left for fired; what they caused is worked off."""
    Alarm.objects.filter(fired_at=None, at__lte=timezone.now()).update(fired_at=timezone.now())
    while drain(timezone.now(), limit=1_000):
        pass


def midnight() -> None:
    """Let a thousand clocks have run out just now."""
    waiting = Alarm.objects.filter(assignment__state="dispatched").order_by("pk")[:ALARMS_DUE]
    rows = Alarm.objects.filter(pk__in=waiting.values("pk"))
    rows.update(fired_at=None, at=timezone.now())


def keep_busy(dispatcher: User, supervisor: User) -> None:
    """See that an export of the largest size and a stale month wait for the workers."""
    now = timezone.now()
    note_since(CHANGED)
    waiting = ExportRequest.objects.filter(state="approved").count()
    for _ in range(EXPORTS_WAITING - waiting):
        made = ask(Question("路灯"), settings.EXPORT_MOST_ROWS, "测量", by=dispatcher, at=now)
        made.approve(note="", by=supervisor, at=now)


def told(name: str, times: list[float]) -> str:
    """One line of the table."""
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95) - 1]
    lost = sum(one == float("inf") for one in ordered)
    met = "met" if p95 <= BAR and not lost else "**missed**"
    return (
        f"| {name} | {len(ordered)} | {median(ordered):.2f} | {p95:.2f} | {ordered[-1]:.2f} "
        f"| {lost} | ≤ {BAR:.0f} s {met} |"
    )


def people() -> tuple[User, User]:
    """Who searches and asks for exports, and who approves them."""
    office = Unit.objects.filter(kind="office").first()
    return (
        person("bench-dispatcher", office, "dispatcher"),
        person("bench-supervisor", office, "supervisor"),
    )


def series(name: str, *, busy: bool = False) -> list[str]:
    """Register one after the other and wait for each; a line an engine."""
    engines: list[Engine] = [EMBEDDED, *filter(None, [elastic()])]
    dispatcher, supervisor = people()
    run = f"{timezone.now():%H%M%S}"
    times: dict[str, list[float]] = {engine.name: [] for engine in engines}
    for n in range(CASES_TO_FIND):
        if busy:
            keep_busy(dispatcher, supervisor)
        word = f"x{run}n{n}"
        register(word)
        for engine, seconds in seconds_until_found(word, engines, dispatcher).items():
            times[engine].append(seconds)
        time.sleep(GAPS[n % len(GAPS)])
    return [told(f"{name}, {engine}", found) for engine, found in times.items()]


def main() -> None:
    """Print one table."""
    if "--fill" in sys.argv:
        from tests.benchmarks.measure import prepare  # it sets up a run of its own

        prepare()
    if elastic():
        call_command("rebuild_index", engine="elasticsearch", if_missing=True)
    forget_alarms()
    say = sys.stdout.write
    say(f"{Case.objects.count():,} cases; seconds from the act to the hit\n")
    say("| | n | median | p95 | most | lost | bar |\n|---|---|---|---|---|---|---|\n")
    with workers():
        register(word := f"warm{time.time_ns()}")  # the workers are at work when it is found
        seconds_until_found(word, [EMBEDDED], people()[0])
        say("\n".join(series("nothing else to do")) + "\n")
        midnight()
        say("\n".join(series(f"{ALARMS_DUE:,} alarms at once")) + "\n")
        forget_alarms()
        say("\n".join(series("exports and stale months", busy=True)) + "\n")


if __name__ == "__main__":
    main()
