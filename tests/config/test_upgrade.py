"""An office of the version before, opened by this one: everything is there, and there is a way back."""

import sqlite3
from contextlib import closing

import pytest
from django.core.management import CommandError

from config import upgrading
from tests.backup.office import Office, unpacked
from tests.cast import NOON, moment

LOOK = """
from django.utils import timezone
from cases.models import Case, Petitioner, User
from search.asking.finding import find
print(sorted(Case.objects.values_list("number", "state")))
print([(p.name, p.phone) for p in Petitioner.objects.order_by("pk")])
print(Petitioner.objects.by_phone("138 0731 6217").count(), Petitioner.objects.by_phone("055551234").count())
user = User.objects.get(username="dispatcher")
print(user.check_password("qingxi-12345"), find("烧烤", user, at=timezone.now()).total)
"""
STEP = """
from django.utils import timezone
from cases.models import Case, Category, User
case = Case.objects.order_by("pk").first()
case.accept(category=Category.objects.filter(level=3).first(),
    by=User.objects.get(username="dispatcher"), at=timezone.now())
print(Case.objects.get(pk=case.pk).events.count())
"""


@pytest.fixture
def earlier(tmp_path):
    """The office as that version left it."""
    return Office(unpacked(tmp_path / "data"))


def undo_one_migration(office):
    """Take back the newest migration of this version, so that there surely is something to upgrade."""
    office.does("migrate", "--verbosity", "0", "cases", "0008")


@pytest.mark.services
def test_an_office_of_the_version_before_is_brought_here(earlier):
    undo_one_migration(earlier)
    said = earlier.does("run", "--prepare-only")
    (kept,) = (earlier.folder / "before-upgrade").iterdir()
    assert str(kept) in said
    looked = earlier.ask(LOOK).splitlines()
    assert looked[0].count("43032926113002") == 3
    assert "('王桂芬', '13807316217')" in looked[1]
    assert looked[2].split()[0] == "1"
    assert looked[3] == "True 1"
    assert "3" in earlier.does("verify_office")
    assert earlier.ask(STEP) == "2"
    assert "3" in earlier.does("verify_office")
    with closing(sqlite3.connect(kept)) as before:
        names = {
            row[0] for row in before.execute("SELECT name FROM django_migrations WHERE app='cases'")
        }
    assert "0008_attachment_text" in names
    assert "0009_count_what_waits" not in names
    go_back(earlier.folder, kept)
    earlier.does("run", "--prepare-only")
    assert "3" in earlier.does("verify_office")
    assert earlier.ask(LOOK).splitlines() == looked  # the step is gone, the rest is as it was


def go_back(folder, kept):
    """What the operations page says."""
    for path in folder.glob("hotline.sqlite3*"):
        path.unlink()
    (folder / "hotline.sqlite3").write_bytes(kept.read_bytes())


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """A data folder with a small database of the office's name."""
    settings.DATA_DIR = tmp_path
    path = tmp_path / "hotline.sqlite3"
    with closing(sqlite3.connect(path)) as fresh, fresh:
        fresh.execute("CREATE TABLE letters (text)")
    monkeypatch.setitem(upgrading.connection.settings_dict, "NAME", str(path))
    return tmp_path / upgrading.FOLDER


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_last_two_copies_stay(folder):
    for hour in (9, 10, 11):
        upgrading.keep(at=moment(f"2026-11-23 {hour:02}:00"))
        upgrading.settle()
    assert names(folder) == ["hotline-20261123T020000Z.sqlite3", "hotline-20261123T030000Z.sqlite3"]


def test_an_upgrade_that_failed_keeps_the_copy_to_go_back_to(folder):
    first = upgrading.keep(at=NOON)
    assert upgrading.keep(at=moment("2026-11-23 13:00")) == first
    assert names(folder) == [first.name, "unfinished"]


def test_without_room_nothing_is_begun(folder, monkeypatch):
    monkeypatch.setattr(upgrading.sqlite, "size", lambda _path: 10**16)
    with pytest.raises(CommandError, match="GB"):
        upgrading.keep(at=NOON)
    assert names(folder) == []
