"""The office does not stop by itself: kill -9 of anybody, anything in its folders, a full disk."""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.office import WHOLE, Citizens, Office, is_alive, until
from tests.faults.racing import SCALE, sized

pytestmark = pytest.mark.services
BACK = 5.0  # seconds within which work goes on after a process was killed
OLD = 10.0  # seconds after which a process that dies is started again at once


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder with an empty office that was never opened; tables are made once for all tests."""
    one = Office(tmp_path_factory.mktemp("prepared") / "data")
    done = one.manage("run", "--prepare-only")
    assert done.returncode == 0, done.stdout + done.stderr
    return one.folder


@pytest.fixture
def office(tmp_path, prepared):
    shutil.copytree(prepared, tmp_path / "data")
    one = Office(tmp_path / "data")
    one.start()
    try:
        yield one
    finally:
        one.stop()


def whole(office, citizens):
    """Nothing lost, nothing doubled, nothing left undone, and the history is whole."""
    until(office.is_served, 60, "the end of what is owed")
    kept = dict(
        office.query(
            "SELECT k.key, c.number FROM cases_intakekey k JOIN cases_case c ON c.id = k.case_id"
        )
    )
    assert {key: kept.get(key) for key in citizens.acknowledged} == citizens.acknowledged
    assert (
        len(set(kept.values()))
        == len(kept)
        == office.query("SELECT count(*) FROM cases_case")[0][0]
    )
    assert office.query("SELECT count(*) FROM cases_event WHERE kind = 'registered'") == [
        (len(kept),)
    ]
    assert office.query("SELECT count(*) FROM search_indexedcase") == [(len(kept),)]
    assert office.query("PRAGMA integrity_check") == [("ok",)]
    checked = office.manage("verify_history")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_whoever_is_killed_the_office_goes_on(office):
    """Every process in turn and at random, with people writing all the while."""
    names = ["quick", "long", "web", "web worker", "web 2", "web 2 worker"]
    chance = random.Random(12345)  # noqa: S311 - the same choice in every run
    kills = sized(60)
    starts: dict[int, float] = {}
    gaps: dict[str, list[float]] = {name: [] for name in ("web", "quick", "long")}
    with Citizens(office) as citizens:
        for n in range(kills):
            until(lambda: len(office.pids()) == WHOLE, 90, "the whole family")
            name = names[n] if n < len(names) else chance.choice(names)
            pids = office.pids()
            for pid in pids.values():
                starts.setdefault(pid, time.monotonic())
            victim = pids[name]
            was_old = time.monotonic() - starts[victim] >= OLD
            os.kill(victim, signal.SIGKILL)
            if name.startswith("web"):
                gap = until(office.answers, 90, "an answer")
            else:
                gap = until(lambda name=name, victim=victim: back(office, name, victim), 90, "work")
                assert office.answers()
            if was_old:
                gaps[name.partition(" ")[0]].append(gap)
            time.sleep(chance.uniform(0, 10 if SCALE >= 1 else 3))
    slowest = {name: max(found, default=0) for name, found in gaps.items()}
    sys.stderr.write(
        f"\n{kills} kills, {len(citizens.acknowledged)} creations, {citizens.broken} broken connections,"
        f" slowest return {slowest}\n"
    )
    assert citizens.refused == []
    assert max(slowest.values()) <= BACK
    whole(office, citizens)


def back(office, name, victim):
    """Whether another process does that work and gives its signs."""
    now = office.pids().get(name)
    return now not in {None, victim} and threads(now) > 1


def threads(pid):
    """How many threads a process has; a worker past its start has one for its signs."""
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/task").iterdir())
    except FileNotFoundError:
        return 0


def test_a_killed_worker_serves_again_within_seconds(office):
    assert office.create("before")[0] == 201
    until(office.is_served, 30)
    time.sleep(OLD)  # it has worked for a while: its next start is at once
    os.kill(office.pids()["quick"], signal.SIGKILL)
    assert office.create("after")[0] == 201
    took = until(office.is_served, 30, "service")
    sys.stderr.write(f"\nserved {took:.1f} s after the kill\n")
    assert took <= BACK
    said = office.health()
    assert (said["status"], said["process"]["work"]["starts"]) == ("ok", 2)


def test_a_worker_that_cannot_live_is_named_and_the_public_is_served(office):
    """Killed again and again within seconds of its start: pauses grow, health names it, pages answer."""
    deadline = time.monotonic() + 90
    while True:
        said = office.health()
        if said.get("process", {}).get("work", {}).get("state") == "down":
            break
        assert time.monotonic() < deadline, "it was never told"
        if quick := office.pids().get("quick"):
            os.kill(quick, signal.SIGKILL)
        time.sleep(0.2)
    assert (said["status"], said["processes"]) == ("broken", "broken")
    assert office.status("/") == 200
    assert office.status("/health/ready/") == 200
    until(lambda: office.health().get("processes") == "ok", 90, "its return")


def test_a_stopped_worker_is_noticed_by_its_silence(office):
    quick = office.pids()["quick"]
    until(lambda: office.health().get("work") == "ok", 60, "its first work")  # past its start
    os.kill(quick, signal.SIGSTOP)
    until(lambda: office.pids().get("quick") not in {None, quick}, 60, "another worker")
    assert office.answers()
    assert office.create("after")[0] == 201
    until(office.is_served, 30)


def test_a_killed_supervisor_leaves_nobody_and_the_next_start_works(office):
    starts, ends = [], []
    for n in range(sized(20)):
        family = list(office.pids().values())
        assert len(family) == WHOLE
        assert office.create(f"form-{n}")[0] == 201
        office.running.kill()
        ends.append(until(lambda: not any(is_alive(pid) for pid in family), 10, "their end"))  # noqa: B023
        office.running.wait()
        starts.append(office.start(60))
        until(lambda: len(office.pids()) == WHOLE, 60, "the whole family")
    sys.stderr.write(
        f"\n{len(starts)} kills: ends {max(ends):.1f} s, answers again {max(starts):.1f} s\n"
    )
    assert max(ends) <= 2
    assert max(starts) <= 15
    assert office.query("SELECT count(*) FROM cases_case") == [(len(starts),)]
    until(office.is_served, 30)


GARBAGE = {
    "queue/messages/1_aaaa.celery.msg": b"",
    "queue/messages/2_bbbb.long.msg": b'{"body": "',
    "queue/control/celery.exchange": b"\x00" * 100,
    "beat": b"\x00\xff garbage",
    "family.json": b'{"supervisor": ',
    "family.tmp": b"\xff",
    "started.json": b'{"version": "on',
    "run.lock": b"\x00\x01",
    "media/attachments/half": b"",
    "static/staticfiles.json.tmp": b"{",
}


def test_nothing_that_lies_in_a_folder_stops_it(office):
    def litter():
        for name, content in GARBAGE.items():
            path = office.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    before = office.pids()
    litter()
    assert office.create("beside garbage")[0] == 201
    until(office.is_served, 30)
    assert office.pids() == before  # nobody died of it
    office.stop()
    litter()
    office.start()
    assert office.create("after garbage")[0] == 201
    until(office.is_served, 30)
    assert (
        json.loads((office.folder / "family.json").read_text())["supervisor"] == office.running.pid
    )


def test_stopping_takes_ten_seconds_at_most_and_leaves_nobody(office):
    family = list(office.pids().values())
    took = office.stop()
    assert office.running.returncode == 0
    assert took <= 10
    assert not any(is_alive(pid) for pid in family)


def test_a_second_start_is_refused_and_disturbs_nobody(office):
    before = office.pids()
    second = office.manage("run")
    assert second.returncode == 1
    assert "DATA_DIR" in second.stderr
    assert office.pids() == before
    assert office.answers()


@pytest.fixture
def small_disk(tmp_path):
    """Return a disk of its own with little space; only root may make one, here and in CI."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(  # noqa: S603 - our own words
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(place)],  # noqa: S607
        check=True,
    )
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)  # noqa: S603, S607


def test_a_full_disk_ends_no_process_and_heals_by_itself(small_disk, prepared):
    shutil.copytree(prepared, small_disk / "data")
    office = Office(small_disk / "data")
    office.start()
    try:
        assert office.create("before")[0] == 201
        until(office.is_served, 30)
        family = office.pids()
        filler = small_disk / "filler"
        with filler.open("wb") as file:
            try:
                while True:
                    file.write(b"\0" * 65536)
                    file.flush()
            except OSError:
                pass
        said = [office.create(f"full-{n}")[0] for n in range(10)]
        assert 201 not in said  # it is full
        assert office.pids() == family
        assert office.answers()
        filler.unlink()
        until(lambda: office.create("after")[0] == 201, 30, "an accepted case")
        until(office.is_served, 30)
        assert office.pids() == family
        assert office.query("PRAGMA integrity_check") == [("ok",)]
    finally:
        office.stop()


def test_systemd_is_told_that_it_is_ready_and_lives(tmp_path, prepared):
    shutil.copytree(prepared, tmp_path / "data")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(60)
        office = Office(tmp_path / "data", NOTIFY_SOCKET=str(tmp_path / "notify"))
        office.start()
        try:
            said: set[bytes] = set()
            until = time.monotonic() + 60
            while said != {b"READY=1", b"WATCHDOG=1"} and time.monotonic() < until:
                said.add(systemd.recv(100))
            assert said == {b"READY=1", b"WATCHDOG=1"}
        finally:
            office.stop()
