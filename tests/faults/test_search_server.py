"""kill -9 of the search server during intake and work, and its return: nothing is lost, nobody is stopped."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.utils import timezone

from cases.models import Case, Duty
from search.asking.finding import find
from search.engines.chosen import EMBEDDED, elastic, health
from search.engines.documents import documents
from tests.cast import wang_says
from tests.faults.racing import sized, together
from tests.faults.test_duties import own_database
from tests.structure.tree import ROOT

pytestmark = [pytest.mark.services, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WORKERS = 2
WORK = """
import time
import django
django.setup()
from cases.tasks import drain_outbox
while True:
    drain_outbox()
    time.sleep(0.2)
"""


class Server:
    """A search server of this test's own, so that it can be killed."""

    def __init__(self) -> None:
        assert "TEST_ELASTICSEARCH_START" in os.environ, "make test-services starts a server"
        self.start_script = Path(os.environ["TEST_ELASTICSEARCH_START"])
        self.name = f"faults-{os.getpid()}"
        self.ports = [free_port(), free_port()]
        self.url = f"http://127.0.0.1:{self.ports[0]}"
        self.process = None

    def start(self) -> None:
        """Start it, or start it again on the same data; returns when it answers."""
        words = [self.start_script, *map(str, self.ports), self.name, "384m"]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        end = time.monotonic() + 120
        while not self.answers():
            assert time.monotonic() < end, "the search server does not start"
            assert self.process.poll() is None, "the search server ended by itself"
            time.sleep(0.3)

    def answers(self) -> bool:
        """Whether it answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/_cluster/health", timeout=2):  # noqa: S310
                return True
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """Kill -9 the server and what started it; fine when it is dead already."""
        if self.process.poll() is not None:
            return
        pid = int(self.start_script.with_name(f"{self.name}.pid").read_text())
        os.kill(pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait(30)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def server(settings):
    found = Server()
    found.start()
    settings.ELASTICSEARCH_URLS = [found.url]
    settings.ELASTICSEARCH_PREFIX = found.name
    try:
        yield found
    finally:
        found.kill()


@contextmanager
def worker(server):
    """Background work in a process of its own, as the product does it."""
    environment = own_database() | {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "ELASTICSEARCH_URL": server.url,
        "ELASTICSEARCH_INDEX": server.name,
    }
    process = subprocess.Popen([sys.executable, "-c", WORK], cwd=ROOT, env=environment)  # noqa: S603
    try:
        yield process
    finally:
        process.kill()
        process.wait(30)


def searched(cast):
    return find("路灯", cast.dispatcher, at=timezone.now())


class Intake:
    """Creations by threads at once, as requests come."""

    def __init__(self, cast) -> None:
        self.cast = cast
        self.made: list[Case] = []
        self.lock = threading.Lock()

    def take(self, numbers) -> None:
        """Register matters by number; everybody succeeds."""
        shares = [numbers[place::WORKERS] for place in range(WORKERS)]
        found = together([partial(self.one_by_one, share) for share in shares])
        assert found == ["won"] * WORKERS

    def one_by_one(self, numbers) -> None:
        """One thread's share."""
        for number in numbers:
            text = f"第{number}盏路灯不亮"
            now = timezone.now()
            case = wang_says(self.cast, key=f"form-{number}", content=text, title="路灯", at=now)
            with self.lock:
                self.made.append(case)


def others_owed():
    """What is owed to anybody but the search server."""
    return Duty.objects.exclude(consumer="index_elastic")


def test_a_killed_search_server_stops_nobody_and_misses_nothing(cast, server):
    creates, transitions = sized(5_000), sized(500)
    call_command("rebuild_index")
    intake, third = Intake(cast), creates // 3
    with worker(server) as process:
        intake.take(range(third))
        assert not searched(cast).degraded
        server.kill()
        intake.take(range(third, 2 * third))  # no error while it is away
        away = searched(cast)
        assert (away.degraded, away.partial) == (True, False)
        assert health()["status"] == "degraded"
        late = documents([case.pk for case in intake.made[:transitions]])  # as before the next step
        for case in intake.made[:transitions]:
            case.accept(category=cast.street_lights, by=cast.dispatcher, at=timezone.now())
        until(lambda: not others_owed().exists())
        full = searched(cast)
        assert (full.degraded, full.total) == (True, 2 * third)
        assert Duty.objects.filter(consumer="index_elastic", parked=False).count() >= third
        server.start()
        intake.take(range(2 * third, creates))
        started = time.monotonic()
        until(lambda: not Duty.objects.exists())
        caught_up = time.monotonic() - started
        assert process.poll() is None
    assert elastic().index(late) == 0  # work that was under way when the server died comes too late
    nothing_is_missing(cast, creates)
    sys.stderr.write(
        f"\n{creates} creations and {transitions} transitions around one kill -9 of the search server; "
        f"caught up {caught_up:.1f} s after the last, 0 missing\n"
    )


def nothing_is_missing(cast, creates) -> None:
    """The index of each engine is the table, and the server answers again."""
    assert Case.objects.count() == creates
    for engine in (EMBEDDED, elastic()):
        assert not engine.drift(), engine.name
    call_command("check_index")
    elastic().server.client.indices.refresh(index=elastic().indices.alias)
    until(lambda: not searched(cast).degraded)
    found = searched(cast)
    assert found.total == creates
    states = dict(Case.objects.values_list("state").annotate(n=Count("pk")).order_by())
    assert {one.value: one.count for one in found.facets["state"]} == states


def until(reached, seconds=180) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, list(
            Duty.objects.values("consumer", "error", "attempts")[:3]
        )
        time.sleep(0.2)
