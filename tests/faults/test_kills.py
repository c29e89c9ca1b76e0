"""kill -9 of web processes during intake over HTTP, clients sending again with the same form token."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from contextlib import contextmanager
from pathlib import Path

import pytest

from cases.lifecycle.book import CASES
from cases.models import Case, Duty, IntakeKey
from tests.faults.racing import sized
from tests.faults.test_duties import own_database
from tests.structure.tree import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
CLIENTS = 4
BETWEEN_KILLS = 40  # acknowledged creations


@contextmanager
def web(settings=None):
    """Gunicorn with two workers on this test's database; gives its master and port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = (settings or own_database()) | {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "DEMO": "0",
    }
    master = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "--log-level", "critical",
         "tests.benchmarks.wsgi"],
        cwd=ROOT,
        env=environment,
    )  # fmt: skip
    try:
        yield master, port
    finally:
        master.terminate()
        master.wait(30)


def post(port: int, key: str, content: str) -> tuple[int, str]:
    """One request on a connection of its own; status 0 when the connection broke."""
    body = urllib.parse.urlencode({"key": key, "content": content})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", "/act/create/", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def workers(master: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


class Citizens:
    """Clients that send each form until it is acknowledged."""

    def __init__(self, port: int, forms: int) -> None:
        self.port, self.forms = port, iter(range(forms))
        self.acknowledged: dict[str, str] = {}
        self.other: list[tuple[int, str]] = []
        self.retries = 0
        self.lock = threading.Lock()

    def work(self) -> None:
        """Send forms until there are none left."""
        while True:
            with self.lock:
                number = next(self.forms, None)
            if number is None:
                return
            self.send(f"form-{number}", f"第{number}盏路灯不亮")

    def send(self, key: str, content: str) -> None:
        """Send one form again and again until it is acknowledged."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            status, text = post(self.port, key, content)
            with self.lock:
                if status == 201:
                    self.acknowledged[key] = text
                    return
                self.retries += 1
                if status:
                    self.other.append((status, text[:200]))


def until_it_answers(port: int) -> None:
    end = time.monotonic() + 60
    while post(port, "first", "第一件")[0] != 201:
        assert time.monotonic() < end, "the web process does not answer"
        time.sleep(0.1)


def test_killed_web_processes_lose_and_double_nothing(cast):
    kills = sized(50)
    with web() as (master, port):
        until_it_answers(port)
        citizens = Citizens(port, forms=(kills + 1) * BETWEEN_KILLS)
        threads = [threading.Thread(target=citizens.work) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        killed = 0
        while any(thread.is_alive() for thread in threads):
            alive = workers(master.pid)
            if killed < kills and len(citizens.acknowledged) >= killed * BETWEEN_KILLS + 20:
                os.kill(alive[killed % len(alive)], signal.SIGKILL)
                killed += 1
            threads[0].join(0.05)
    assert killed == kills
    assert citizens.other == []  # a killed process breaks connections; nobody sees an error page
    assert citizens.retries > 0
    check(citizens)
    sys.stderr.write(
        f"\n{killed} kills, {len(citizens.acknowledged)} creations, {citizens.retries} retries\n"
    )


def check(citizens: Citizens) -> None:
    """Nothing lost, nothing doubled, no half record, and the history is whole."""
    kept = dict(IntakeKey.objects.exclude(key="first").values_list("key", "case__number"))
    assert kept == citizens.acknowledged
    count = len(kept) + 1
    assert Case.objects.count() == count
    assert Case.objects.filter(events__kind="registered").distinct().count() == count
    assert Duty.objects.filter(consumer="index").values("case").distinct().count() == count
    assert {fault for _, fault in CASES.faults()} == {None}


def test_the_same_token_with_another_content_answers_409(cast):
    with web() as (_master, port):
        until_it_answers(port)
        for i in range(sized(500)):
            assert post(port, f"form-{i}", "路灯不亮")[0] == 201
            assert post(port, f"form-{i}", "另一件事")[0] == 409
    assert Case.objects.count() == sized(500) + 1
