"""One process under the supervisor, for real: started, heard, found hanging, ended with all it started."""

import os
import signal
import subprocess
import sys
import time

import pytest

from config.family import bond, child
from config.family.child import Child
from config.family.member import Member

SIGNS = "from config.family.bond import Signs; import time; s = Signs(); s.begin(); "


def started(tmp_path, settings, code, **facts):
    settings.DATA_DIR = tmp_path
    one = Child(Member("work", [sys.executable, "-c", code], **facts))
    one.start(time.monotonic())
    return one


def until_it_ended(one, after=0.0):
    end = time.monotonic() + 30
    while not one.look(time.monotonic() + after):
        assert time.monotonic() < end, "it did not end"
        time.sleep(0.02)


def test_a_death_within_seconds_makes_the_next_start_wait_longer_each_time(tmp_path, settings):
    one = started(tmp_path, settings, "import sys; sys.exit(3)")
    until_it_ended(one)
    assert (one.is_running, one.reason) == (False, "ended with 3")
    first = one.next_start - time.monotonic()
    one.start(time.monotonic())
    until_it_ended(one)
    assert 0 < first <= 1 < one.next_start - time.monotonic() <= 2
    assert one.starts == 2


def test_who_worked_for_a_while_is_started_again_at_once(tmp_path, settings):
    one = started(tmp_path, settings, "import time; time.sleep(60)")
    one.started -= 60  # it was started a minute ago
    one.end(signal.SIGKILL)
    until_it_ended(one)
    assert one.reason == "ended by SIGKILL"
    assert one.next_start <= time.monotonic()


def test_each_end_has_its_own_reason(tmp_path, settings):
    one = started(tmp_path, settings, "import time; time.sleep(60)")
    one.end(signal.SIGKILL)
    until_it_ended(one)
    assert one.reason == "ended by SIGKILL"
    one.member = Member("work", [sys.executable, "-c", "import sys; sys.exit(3)"])
    one.start(time.monotonic())
    until_it_ended(one)
    assert one.reason == "ended with 3"


def test_an_errand_that_is_done_at_the_second_try_is_done(tmp_path, settings):
    one = started(tmp_path, settings, "import sys; sys.exit(1)", is_errand=True)
    until_it_ended(one)
    one.member = Member("demo", [sys.executable, "-c", "pass"], is_errand=True)
    one.start(time.monotonic())
    until_it_ended(one)
    assert (one.is_over, one.reason) == (True, "")


def test_signs_tell_what_it_is_at_and_for_how_long(tmp_path, settings):
    code = SIGNS + "s.turn_to('search.make_exports'); time.sleep(60)"
    one = started(tmp_path, settings, code, busy_at_most=60)
    end = time.monotonic() + 30
    while one.doing != "search.make_exports" or one.busy < 2:
        one.look(time.monotonic())
        assert time.monotonic() < end, "no sign came"
        time.sleep(0.05)
    one.end(signal.SIGKILL)
    until_it_ended(one)
    assert (one.doing, one.busy) == ("", 0)


def test_a_stopped_process_hangs_and_is_killed(tmp_path, settings):
    one = started(tmp_path, settings, SIGNS + "time.sleep(60)", busy_at_most=600)
    until_heard(one)
    os.kill(one.process.pid, signal.SIGSTOP)
    one.look(time.monotonic())
    assert one.is_running
    until_it_ended(one, after=child.SILENT + 5)
    assert "gave no sign" in one.reason


def test_a_slow_start_is_waited_for_longer_than_a_silence(tmp_path, settings):
    one = started(tmp_path, settings, "import time; time.sleep(60)", busy_at_most=600)
    one.look(time.monotonic() + child.SILENT + 5)
    assert one.is_running
    assert one.reason == ""
    until_it_ended(one, after=child.FIRST_SIGN + 5)
    assert "gave no sign" in one.reason


def until_heard(one):
    end = time.monotonic() + 30
    while one._heard is None:
        one.look(time.monotonic())
        assert time.monotonic() < end, "no sign came"
        time.sleep(0.05)


def test_one_piece_of_work_that_takes_for_ever_is_broken_off(tmp_path, settings):
    code = SIGNS + "s.turn_to('cases.sweep_due'); time.sleep(60)"
    one = started(tmp_path, settings, code, busy_at_most=1)
    until_it_ended(one)
    assert one.reason == "cases.sweep_due took more than 1 s"


def test_what_a_child_had_started_ends_with_it(tmp_path, settings):
    marker = tmp_path / "grandchild"
    code = (
        "import subprocess, sys, time, pathlib;"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"pathlib.Path({str(marker)!r}).write_text(str(p.pid)); time.sleep(60)"
    )
    one = started(tmp_path, settings, code)
    end = time.monotonic() + 30
    while not (marker.exists() and marker.read_text()):
        assert time.monotonic() < end
        time.sleep(0.02)
    os.kill(one.process.pid, signal.SIGKILL)
    until_it_ended(one)
    grandchild = int(marker.read_text())
    while is_alive(grandchild):
        assert time.monotonic() < end, "it lives on"
        time.sleep(0.02)


def test_an_errand_that_is_done_is_not_started_again(tmp_path, settings):
    one = started(tmp_path, settings, "pass", is_errand=True)
    until_it_ended(one)
    assert (one.is_over, one.reason) == (True, "")


def test_an_errand_that_fails_again_and_again_is_given_up(tmp_path, settings, monkeypatch):
    monkeypatch.setattr(child, "ERRAND_TRIES", 3)
    one = started(tmp_path, settings, "import sys; sys.exit(1)", is_errand=True)
    until_it_ended(one)
    for _ in range(2):
        assert not one.is_over
        one.start(time.monotonic())
        until_it_ended(one)
    assert (one.is_over, one.reason) == (True, "ended with 1")


def test_a_machine_that_starts_nothing_more_is_outlived(tmp_path, settings, monkeypatch):
    def refuse(*_words, **_options):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    one = started(tmp_path, settings, "pass")
    assert not one.is_running
    assert one.next_start > time.monotonic()
    assert "could not be started" in one.reason


TIED = """
import os, subprocess, sys, time
os.environ["HOTLINE_PARENT"] = str(os.getpid())
code = "from config.family.bond import Signs; import time; Signs().begin(); print(1, flush=True);"
child = subprocess.Popen([sys.executable, "-c", code + "time.sleep(60)"], stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_killed_parent_takes_its_tied_child_along():
    parent = subprocess.Popen(  # noqa: S603 - our own lines
        [sys.executable, "-c", TIED], stdout=subprocess.PIPE
    )
    tied = int(parent.stdout.readline())
    assert is_alive(tied)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 2
    while is_alive(tied):
        assert time.monotonic() < end, "it lives on"
        time.sleep(0.02)


def test_without_a_supervisor_nobody_is_tied(monkeypatch):
    monkeypatch.delenv(bond.PARENT, raising=False)
    monkeypatch.delenv(bond.PIPE, raising=False)
    signs = bond.Signs()
    signs.begin()
    with signs.doing("a task"):
        pass


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not waited for does not."""
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except FileNotFoundError:
        return False


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    monkeypatch.setattr(child.log, "error", lambda *_said, **_facts: None)
