"""Back up, and put back elsewhere: everything is as it was."""

import json

import pytest

from tests.backup.office import backed_up, backups

READ = """
from cases.models import Petitioner, Attachment
print([(p.name, p.phone) for p in Petitioner.objects.order_by("pk")])
print([a.file.read().hex()[:40] for a in Attachment.objects.all()])
print(Petitioner.objects.by_phone("13807316217").count())
"""


def test_what_was_backed_up_is_there_again_elsewhere(office, elsewhere):
    made = backed_up(office)
    said = elsewhere.does("restore", str(made))
    assert str(elsewhere.folder) in said
    assert sorted(path.name for path in elsewhere.folder.iterdir()) == [
        "hotline.sqlite3",
        "media",
        "secrets.json",
    ]
    kept = json.loads((office.folder / "secrets.json").read_text())
    assert json.loads((elsewhere.folder / "secrets.json").read_text()) == kept
    read = elsewhere.ask(READ)
    assert read == office.ask(READ)
    assert "王桂芬" in read


@pytest.mark.services
def test_a_file_that_went_away_is_told_by_backup_and_restore(office, elsewhere):
    (office.folder / "media" / "attachments" / "2026" / "11" / "explained.docx").unlink()
    done = office.run("backup")
    assert done.returncode == 0
    assert "explained.docx" in done.stderr
    (made,) = backups(office)
    assert "explained.docx" in elsewhere.refuses("restore", str(made))
    assert (elsewhere.folder / "hotline.sqlite3").exists()  # what there is, is there


def test_an_office_at_work_is_never_restored_over(office, first):
    before = (office.folder / "hotline.sqlite3").read_bytes()
    assert str(office.folder) in office.refuses("restore", str(first))
    assert (office.folder / "hotline.sqlite3").read_bytes() == before


def test_keys_lie_in_a_backup_under_lock_only(first, keys):
    everything = b"".join(path.read_bytes() for path in first.rglob("*") if path.is_file())
    assert [name for name, value in keys.items() if value.encode() in everything] == []


def test_nobody_else_may_look_into_a_backup(first):
    modes = {oct(path.stat().st_mode & 0o077) for path in (first.parent, first, *first.rglob("*"))}
    assert modes == {"0o0"}


@pytest.mark.services
def test_a_backup_of_an_older_version_is_brought_here(office, elsewhere):
    office.does("migrate", "--verbosity", "0", "cases", "0008")
    made = backed_up(office)
    elsewhere.does("restore", str(made))
    applied = "from config.preparation import tables_missing; print(tables_missing())"
    assert elsewhere.ask(applied) == "False"
    assert office.ask(applied) == "True"
