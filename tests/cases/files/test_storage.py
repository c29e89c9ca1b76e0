"""A file and its row: both or neither, whatever happens in between."""

import contextlib
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, transaction
from django.utils import timezone

from cases.files import storage
from cases.files.storage import clear_pending, together
from cases.models import Attachment
from tests.cast import wang_says
from tests.config.outages import refused
from tests.papers import docx
from tests.search.attached import attach
from tests.structure.tree import ROOT

NAME = "attachments/2026/11/a.pdf"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def read(name):
    with default_storage.open(name) as file:
        return file.read()


def much_later():
    return timezone.now() + 2 * storage.LEFT


def test_a_file_is_stored_under_its_name_and_nothing_beside_it(folder):
    assert default_storage.save(NAME, ContentFile(b"%PDF-")) == NAME
    assert files(folder) == [NAME]
    assert read(NAME) == b"%PDF-"


def test_a_name_that_is_taken_is_not_overwritten(folder):
    first, second = (default_storage.save(NAME, ContentFile(text)) for text in (b"1", b"2"))
    assert first == NAME != second
    assert {read(name) for name in (first, second)} == {b"1", b"2"}


def test_a_name_taken_in_the_last_moment_is_not_overwritten(folder, monkeypatch):
    """Another process was quicker between the choice of the name and the writing."""
    real = storage.WholeFiles._write

    def quicker(self, entry, content):
        monkeypatch.setattr(storage.WholeFiles, "_write", real)
        Path(default_storage.path(NAME)).write_bytes(b"first")
        real(self, entry, content)

    monkeypatch.setattr(storage.WholeFiles, "_write", quicker)
    name = default_storage.save(NAME, ContentFile(b"second"))
    assert name != NAME
    assert read(NAME) == b"first"
    assert read(name) == b"second"
    assert files(folder) == sorted([NAME, name])


class Torn(ContentFile):
    """A content that ends in the middle."""

    def chunks(self, chunk_size=None):
        """Give one part and fail."""
        yield b"half"
        raise OSError("torn")


def test_a_file_that_is_cut_off_leaves_nothing(folder):
    with pytest.raises(OSError, match="torn"):
        default_storage.save(NAME, Torn(b""))
    assert files(folder) == []


@pytest.mark.django_db(transaction=True)
def test_a_row_that_does_not_come_takes_its_file_along(folder):
    with contextlib.suppress(KeyError), together(), transaction.atomic():
        default_storage.save(NAME, ContentFile(b"%PDF-"))
        raise KeyError
    assert files(folder) == []


@pytest.mark.django_db(transaction=True)
def test_with_its_row_a_file_is_here_to_stay(folder, cast):
    with together():
        attach(wang_says(cast), "合同.docx", docx("合同"))
        assert len(files(folder)) == 2  # its entry until the row is there
    assert files(folder) == [Attachment.objects.get().file.name]


@pytest.mark.django_db(transaction=True)
def test_in_a_longer_transaction_the_entry_stays_to_its_end(folder, cast):
    with contextlib.suppress(KeyError), transaction.atomic():
        with together():
            attach(wang_says(cast), "合同.docx", docx("合同"))
        raise KeyError
    assert len(files(folder)) == 2  # the block was over: nobody removes it now …
    assert clear_pending(much_later()) == 1  # … but this
    assert files(folder) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_committed", [False, True])
def test_when_nobody_knows_whether_it_was_committed_the_file_stays_until_looked_up(
    folder, cast, is_committed
):
    case = wang_says(cast)
    with contextlib.suppress(OperationalError), together():
        if is_committed:
            attach(case, "合同.docx", docx("合同"))
        else:
            default_storage.save(NAME, ContentFile(b"%PDF-"))
        refused()
    assert len(files(folder)) == 2
    assert clear_pending(timezone.now()) == 0  # it may still be under way
    assert len(files(folder)) == 2
    assert clear_pending(much_later()) == (0 if is_committed else 1)
    assert files(folder) == [one.file.name for one in Attachment.objects.all()]
    assert len(files(folder)) == is_committed


KILLED = """
import os, signal, sys, django
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from cases.files.storage import together
class Slow(ContentFile):
    def chunks(self, chunk_size=None):
        yield b"half"
        if sys.argv[1] == "within":
            os.kill(os.getpid(), signal.SIGKILL)
with together():
    default_storage.save("attachments/killed.pdf", Slow(b""))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.django_db
@pytest.mark.parametrize("when", ["within", "after"])
def test_a_process_killed_at_it_leaves_what_is_cleared_away(folder, tmp_path, settings, when):
    killed = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-c", KILLED, when],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    settings.MEDIA_ROOT = tmp_path / "media"
    left = files(settings.MEDIA_ROOT)
    assert len(left) == (1 if when == "within" else 2)
    assert clear_pending(much_later()) == 1
    assert files(settings.MEDIA_ROOT) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_is_removed_only_with_its_row(folder):
    name = default_storage.save(NAME, ContentFile(b"%PDF-"))
    with contextlib.suppress(KeyError), transaction.atomic():
        default_storage.retire(name)
        raise KeyError
    assert NAME in files(folder)
    with transaction.atomic():
        default_storage.retire(name)
        assert NAME in files(folder)
    assert files(folder) == []


@pytest.mark.django_db
def test_what_a_row_names_is_never_cleared_away(folder, cast):
    attach(wang_says(cast), "合同.docx", docx("合同"))
    kept = Attachment.objects.get().file
    kept.storage.retire(kept.name)  # as if its process had been killed before the commit
    assert len(files(folder)) == 2
    assert clear_pending(much_later()) == 0
    assert files(folder) == [kept.name]
    assert clear_pending(much_later() + timedelta(days=1)) == 0
