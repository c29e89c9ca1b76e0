"""One machine for real: `manage.py run` as a process, its worker, and what is left after it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest

from tests.structure.tree import ROOT

pytestmark = pytest.mark.services
REGISTER = """
from django.utils import timezone
from cases.people.person import CITIZEN
from cases.models import Region
from cases.lifecycle.registering import IntakeData, register
now = timezone.now()
register(IntakeData(channel="web", title="路灯不亮", content="人民路路灯不亮，夜里看不见路。",
    demand_type="help", region=Region.objects.first(), address="人民路", name="王桂芬",
    phone="13807316217", contact_at=now), key="form-1", by=CITIZEN, at=now)
"""
LONG_WORK = "from cases.system.pulse import last_beat; print(last_beat('long') is not None)"
OWED = "from cases.models import Duty; print(Duty.objects.count())"


def until(true: Callable[[], object], seconds: int = 240) -> None:
    """Wait for something outside this process; fail when it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.1)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def health(port: int) -> tuple[int, dict]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, {}


@pytest.fixture(params=["files", "redis"])
def office(request, tmp_path):
    """Return the environment and port of an empty office, with each broker, running."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(tmp_path / "data"),
        "PORT": str(port),
        "DEMO": "0",
    }
    if request.param == "redis":
        environment["BROKER_URL"] = os.environ["TEST_REDIS_URL"]
    log = (tmp_path / "log").open("w+")
    running = subprocess.Popen(
        [sys.executable, "manage.py", "run"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        until(lambda: running.poll() is not None or health(port)[0] == 200)
        assert running.poll() is None, (tmp_path / "log").read_text()
        yield environment, port, running
    finally:
        running.terminate()
        running.wait(30)
        log.close()


def ask(environment: dict[str, str], code: str) -> str:
    """Run a few lines in the office's own database and return what they print."""
    done = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_an_office_opens_works_its_duties_off_and_leaves_nothing(office):
    environment, port, running = office
    assert health(port)[1]["cases"] == "ok"
    ask(environment, REGISTER)
    until(lambda: ask(environment, OWED) == "0", seconds=30)
    until(lambda: ask(environment, LONG_WORK) == "True", seconds=30)
    running.send_signal(signal.SIGTERM)
    assert running.wait(30) == 0
    assert is_free(port)
