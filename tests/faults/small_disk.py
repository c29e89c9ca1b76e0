"""A small disk of a test's own, filled and freed at will (tmpfs; needs root), and an office to put on it."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.structure.tree import ROOT
from tests.template_database import template

PREPARE = """
import json, sys, django
from datetime import date
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from cases.reference.calendar_loading import load_calendar
from cases.reference.policy_loading import load_policies
from cases.models import Assignment
from cases.events.outbox import drain
from django.utils import timezone
load_calendar()
load_policies(on=date(2026, 1, 1))
from tests.benchmarks.acts_to_measure import staff
from tests.cast import make_cast
from tests.desk.stages import dispatched
cast = make_cast()
call_command("make_site", verbosity=0)
for n in range(int(sys.argv[1])):
    dispatched(cast, assisting=False, key=f"earlier-{n}")
while drain(timezone.now()):
    pass
print(json.dumps({
    "clerk": staff(cast.clerk.username, cast.clerk.unit, "clerk"),
    "tasks": list(Assignment.objects.values_list("pk", flat=True)),
}))
"""
TOLD = """
import json, django
django.setup()
from django.db import connection
from cases.models import Assignment, Attachment, Case, Duty, Event, IntakeKey
from cases.lifecycle.book import CASES
from hotline.models import FilingFile
def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [list(map(str, row)) for row in cursor.fetchall()]
files = [*Attachment.objects.values_list("file", "size"), *FilingFile.objects.values_list("file", "size")]
print(json.dumps({
    "integrity": ask("PRAGMA integrity_check"), "dangling": ask("PRAGMA foreign_key_check"),
    "files": dict(files),
    "keys": dict(IntakeKey.objects.values_list("key", "case__number")),
    "cases": Case.objects.count(),
    "registered": Event.objects.filter(kind="registered").count(),
    "signed": sorted(Assignment.objects.exclude(signed_at=None).values_list("pk", flat=True)),
    "signed_events": sorted(Event.objects.filter(kind="signed").values_list("assignment", flat=True)),
    "broken": sorted({str(fault) for _, fault in CASES.faults()}),
}))
"""


def environment(folder: Path) -> dict[str, str]:
    """Of a process whose office lies in ``folder``, on SQLite."""
    known = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return known | {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "SECRET_KEY": settings.SECRET_KEY,  # the test signs as the office does
    }


def run(script: str, folder: Path, *words: str) -> dict:
    """Run a script in a process of its own and read what it says."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script, *words], cwd=ROOT, env=environment(folder),
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def prepared(folder: Path, tasks: int) -> dict:
    """An office with so many dispatched tasks in ``folder``."""
    folder.mkdir(parents=True)
    run(
        "import django; django.setup(); print('{}')", folder
    )  # keys are made for an empty place only
    if template().exists():
        shutil.copy(template(), folder / "hotline.sqlite3")
    return run(PREPARE, folder, str(tasks))


class SmallDisk:
    """A mounted disk; ``leave`` fills it so that so many bytes stay free."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.filler = folder, folder / "filler"

    def free(self) -> int:
        """Bytes free."""
        return shutil.disk_usage(self.folder).free

    def leave(self, wanted: int) -> None:
        """Fill up to ``wanted`` free bytes."""
        with self.filler.open("ab") as file:
            size = file.tell() + self.free() - wanted
            file.truncate(max(size, 0))
            if size > 0:
                os.posix_fallocate(file.fileno(), 0, size)
        assert abs(self.free() - wanted) <= 2 * 4096

    def empty(self) -> None:
        """Free all that was filled."""
        self.filler.unlink(missing_ok=True)


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Mount an empty disk at ``folder``. Who may not mount fails here: this test needs root."""
    folder.mkdir(parents=True, exist_ok=True)
    size = f"size={megabytes}m"
    mount = ["mount", "-t", "tmpfs", "-o", size, "hotline-test", str(folder)]
    subprocess.run(mount, check=True)  # noqa: S603 - our own command line
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607
