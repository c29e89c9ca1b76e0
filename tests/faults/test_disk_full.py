"""The disk fills up under a running office: 507, nothing half stored, and it goes on by itself."""

import contextlib
import html
import itertools
import json
import shutil
import sqlite3
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from hotline.channels.forms.guards import new_stamp
from tests.faults import small_disk as disks
from tests.faults.browsing import Browser, ask, until
from tests.faults.racing import sized
from tests.faults.test_kills import web

pytestmark = [pytest.mark.services, pytest.mark.django_db]
ATTEMPTS = sized(50)
KB = 1024
# Free while it is tried. 0: nothing goes; from 216 on a file has room and, up to 240, its row has none.
LEFT = (0, 216 * KB, 228 * KB, 240 * KB, 8 * KB, 120 * KB, 300 * KB)
PAPER = b"%PDF-1.4\n" + bytes(range(256)) * 800 + b"\n%%EOF\n"  # 200 KB
LARGE = b"%PDF-1.4\n" + bytes(range(256)) * 12_000 + b"\n%%EOF\n"  # 3 MB: beyond Django's memory
STORY = "人民路第{}盏路灯从上周起不亮，\r\n夜里看不见路，请尽快派人修理。"
DONE = {302, 303}
REFUSED = {503, 507}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office that was prepared while there was room; a folder to copy and what is in it."""
    folder = tmp_path_factory.mktemp("office") / "data"
    return folder, disks.prepared(folder, ATTEMPTS)


class Town:
    """Citizens and a clerk before a running office; counts what they are answered."""

    def __init__(self, port, known):
        self.port, self.known = port, known
        self.number, self.seen = itertools.count(2), Counter()
        self.done = {"letter": set(), "task": set()}
        self.refused = []

    def told(self, what, answer, words=""):
        """Note the answer; a refusal is 503 or 507 and still holds what was typed."""
        self.seen[what, answer.status] += 1
        assert answer.status in DONE | REFUSED, (what, answer.status, answer.page[:500])
        if answer.status in REFUSED:
            assert words in html.unescape(answer.page), (what, answer.page[:800])
        return answer.status in DONE

    def letter(self):
        """A letter through the public form."""
        n = next(self.number)
        browser, token = Browser(self.port, n), f"letter-{n}"
        form = {
            "stamp": new_stamp(token, timezone.now() - timedelta(minutes=1)),
            "title": "人民路的路灯不亮", "demand_type": "help", "content": STORY.format(n),
            "region": "", "name": "王桂芬", "phone": "13807316217",
        }  # fmt: skip
        self.send(browser, f"mayor-{token}", form)

    def send(self, browser, key, form):
        """Send a letter, perhaps once more."""
        answer = browser.post("/mailbox/mayor/", form)
        if self.told("letter", answer, form["content"]):
            self.done["letter"].add(key)
        else:
            self.refused.append((browser, key, form))

    def filing(self):
        """A browser with a form begun, while there is still room."""
        browser = Browser(self.port, next(self.number))
        return browser, browser.post("/file/", {"danger": "no", "demand_type": "help"}).location

    def enclose(self, filing, content=PAPER):
        """The second step of a form, with a file."""
        browser, address = filing
        form = {"content": STORY.format(1), "region": "430329101", "address": "", "act": "next"}
        answer = browser.post(address, form, files={"files": ("清单.pdf", content)})
        self.told("file", answer, STORY.format(1))

    def sign(self, pk):
        """The clerk signs a task."""
        path, form = f"/desk/tasks/{pk}/signature/", {"csrfmiddlewaretoken": "b" * 32}
        if self.told("task", ask(self.port, "POST", path, form, self.known["clerk"])):
            self.done["task"].add(pk)

    def reads(self):
        """Public pages are read, whatever the disk; of cases nothing that leaves no trace."""
        pages = ("/", "/mailbox/mayor/", "/file/")
        found = [ask(self.port, "GET", path).status for path in pages]
        assert set(found) == {200}
        tasks = ask(self.port, "GET", "/desk/tasks/", cookie=self.known["clerk"])
        assert tasks.status in {200, 507}

    def health(self):
        """Status and body of the health page."""
        answer = ask(self.port, "GET", "/health/")
        return answer.status, json.loads(answer.page)


def squeezed(database: Path) -> None:
    """Empty SQLite's log, so that the next write needs room."""
    with contextlib.closing(sqlite3.connect(database)) as raw:
        busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert not busy


def stored(folder: Path) -> dict[str, int]:
    """Every file among the uploads, unfinished ones too, with its size."""
    media = folder / "media"
    return {
        str(path.relative_to(media)): path.stat().st_size
        for path in media.rglob("*")
        if path.is_file() and path.name != "filler"
    }


def nothing_is_half(folder, town):
    """What was acknowledged is there, whole and once; of what was refused there is all or nothing."""
    kept = disks.run(disks.TOLD, folder)
    assert (kept["integrity"], kept["dangling"]) == ([["ok"]], [])
    assert kept["broken"] == ["None"]
    assert kept["files"] == stored(folder)
    letters = {key for key in kept["keys"] if key.startswith("mayor-")}
    assert town.done["letter"] <= letters
    assert letters - town.done["letter"] <= {key for _, key, _ in town.refused}
    assert kept["cases"] == kept["registered"] == len(kept["keys"])
    assert set(kept["signed"]) == set(kept["signed_events"]) == town.done["task"]
    assert len(kept["signed_events"]) == len(town.done["task"])


def report(town, what):
    counts = {f"{name} {status}": n for (name, status), n in sorted(town.seen.items())}
    sys.stderr.write(f"\n{what}: {ATTEMPTS} attempts of each, {counts}\n")


def test_a_full_disk_refuses_and_goes_on_when_there_is_room(office, tmp_path):
    source, known = office
    with disks.small_disk(tmp_path / "disk", 64) as disk:
        folder = disk.folder / "data"
        shutil.copytree(source, folder)
        with web(disks.environment(folder)) as (_master, port):
            town = Town(port, known)
            until(lambda: ask(port, "GET", "/").status == 200, 60, "does not start")
            filings = [town.filing() for _ in range(ATTEMPTS)]
            for turn, (filing, task) in enumerate(zip(filings, known["tasks"], strict=True)):
                for act in (
                    town.letter,
                    lambda f=filing: town.enclose(f),
                    lambda t=task: town.sign(t),
                ):
                    disk.empty()  # emptying the log moves it into the file
                    squeezed(folder / "hotline.sqlite3")
                    disk.leave(LEFT[turn % len(LEFT)])
                    before = town.seen.copy()
                    act()
                    refused = {status for _, status in town.seen - before} <= {507}
                    assert refused or LEFT[turn % len(LEFT)]
                town.reads()
                assert town.health()[1]["disk"] == "full"
            assert town.health()[0] == 503
            report(town, "disk full")
            assert sum(n for (_, status), n in town.seen.items() if status == 507) > ATTEMPTS
            nothing_is_half(folder, town)
            disk.empty()
            everything_goes(town, filings, known["tasks"])
            assert town.health()[1]["disk"] in {"ok", "low"}
            nothing_is_half(folder, town)


def everything_goes(town, filings, tasks):
    """The same requests as before, of the same processes."""
    town.seen.clear()
    refused, town.refused = town.refused, []
    for letter in refused:
        town.send(*letter)
    for filing, task in zip(filings, tasks, strict=True):
        town.letter()
        town.enclose(filing)
        if task not in town.done["task"]:
            town.sign(task)
    assert {status for _, status in town.seen} <= DONE


def test_uploads_on_full_disks_of_their_own(office, tmp_path):
    """The files' disk is full, then that of temporary files, which large uploads pass through."""
    source, known = office
    folder = tmp_path / "data"
    shutil.copytree(source, folder)
    with (
        disks.small_disk(folder / "media", 32) as media,
        disks.small_disk(tmp_path / "temporary", 16) as passing,
        web(disks.environment(folder) | {"TMPDIR": str(passing.folder)}) as (_master, port),
    ):
        town = Town(port, known)
        until(lambda: ask(port, "GET", "/").status == 200, 60, "does not start")
        filings = [town.filing() for _ in range(ATTEMPTS)]
        for turn, filing in enumerate(filings):
            media.leave((0, 4 * KB, 100 * KB)[turn % 3])
            town.enclose(filing)
            town.letter()
        assert town.health()[1]["disk"] == "full"
        media.empty()
        for turn, filing in enumerate(filings):
            passing.leave((0, 4 * KB, 1024 * KB)[turn % 3])
            town.enclose(filing, LARGE)
        assert set(town.seen) == {("file", 507), ("letter", 303)}
        report(town, "uploads full, twice")
        assert [path for path in passing.folder.iterdir() if "upload" in path.name] == []
        assert stored(folder) == {}
        passing.empty()
        everything_goes(town, filings, known["tasks"])
        town.enclose(filings[0], LARGE)
        nothing_is_half(folder, town)
