"""Files are read in the background, once, and the index of every engine follows them."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases import tasks
from cases.events.outbox import drain
from cases.files.reading import LEASE, MAX_ATTEMPTS, OF_CASE, OF_FILE, PAUSE, read_waiting, waiting
from cases.models import Attachment, AttachmentText, Duty
from search.engines.chosen import EMBEDDED, engines
from search.engines.documents import documents
from search.indexing.upkeep import refresh
from search.models import IndexedFile
from tests.cast import NOON
from tests.papers import PDF, docx
from tests.search.attached import attach, worked_off


def test_every_file_gets_its_state_and_none_comes_back(say):
    case = say("停水")
    attach(case, "好.docx", docx("供水"))
    attach(case, "空.docx", docx(""))
    attach(case, "坏.docx", docx(xml="<w:document"))
    attach(case, "大.docx", docx(*["供水" * 30_000]))
    gone = attach(case, "失.docx", docx("失落"))
    gone.file.storage.delete(gone.file.name)
    Attachment.objects.filter(pk=gone.pk).update(media_type=PDF)
    assert waiting() == 5
    assert worked_off() == ["read", "empty", "unreadable", "read", "unreadable"]
    rows = AttachmentText.objects.order_by("pk").values_list("reason", "is_cut", "attempts")
    assert list(rows) == [
        ("", False, 1),
        ("", False, 1),
        ("broken", False, 1),
        ("", True, 1),
        ("missing", False, 1),
    ]
    assert len(AttachmentText.objects.get(attachment__name="大.docx").text) == OF_FILE
    assert worked_off() == []


def test_a_case_keeps_so_much_and_no_more(say, found):
    case = say("停水")
    for n in range(5):
        attach(case, f"{n}.docx", docx(f"甲{n}乙" + "供水" * 10_000))
    worked_off()
    lengths = [len(text) for text in AttachmentText.objects.values_list("text", flat=True)]
    assert sum(lengths) == OF_CASE
    assert max(lengths) == OF_FILE
    assert found("甲3乙") == [case.number]
    assert found("甲4乙") == []
    assert found("附件:4.docx") == [case.number]  # by its name


def test_the_end_of_a_full_file_is_found(say, found):
    case = say("停水")
    attach(case, "长.docx", docx("供水，" * 5_000 + "末尾金丝雀"))
    worked_off()
    assert found("末尾金丝雀") == found("“末尾 金丝雀”|末尾金丝雀") == [case.number]


def test_a_storage_that_fails_is_asked_again_but_not_for_ever(say, monkeypatch):
    attach(say("停水"), "好.docx", docx("供水"))
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.open", _fails)
    at = NOON
    for attempt in range(1, MAX_ATTEMPTS):
        assert [one.text_state for one in read_waiting(at)] == ["waiting"]
        assert list(read_waiting(at)) == []  # not before the pause
        assert AttachmentText.objects.get().attempts == attempt
        at += PAUSE + timedelta(seconds=1)
    assert [one.text_state for one in read_waiting(at)] == ["unreadable"]
    assert AttachmentText.objects.get().reason == "storage"
    assert not Duty.objects.exists()


def _fails(*_args, **_more):
    raise OSError("the storage is away")


def test_a_worker_that_died_at_it_is_followed_by_another(say, found):
    case = say("停水")
    attachment = attach(case, "好.docx", docx("供水"))
    held = AttachmentText.objects.create(attachment=attachment)
    LEASE.take([held], NOON)
    assert list(read_waiting(NOON)) == []
    assert [one.text_state for one in read_waiting(NOON + 2 * LEASE.lasts)] == ["read"]
    other = attach(case, "二.docx", docx("加压"))
    AttachmentText.objects.create(attachment=other, attempts=MAX_ATTEMPTS)
    assert [one.text_state for one in read_waiting(NOON)] == ["unreadable"]
    assert AttachmentText.objects.get(pk=other.pk).reason == "died"


def test_late_work_does_not_take_a_file_out_again(say, found):
    case = say("停水")
    attach(case, "好.docx", docx("河东建设"))
    early = documents([case.pk])  # read by a slow worker before the file was
    worked_off()
    assert found("河东建设") == [case.number]
    for one in engines():
        one.index(early)
    assert found("河东建设") == [case.number]
    assert not any(one.drift() for one in engines())
    refresh([case.pk])
    assert found("河东建设") == [case.number]


def test_drift_of_files_is_found_and_repaired(say, found, capsys):
    case = say("停水")
    attach(case, "好.docx", docx("河东建设"))
    assert [one.text_state for one in read_waiting(NOON)] == ["read"]
    Duty.objects.all().delete()  # lost, as after a restored backup
    assert all(one.drift().stale == {case.pk} for one in engines())
    with pytest.raises(CommandError, match="stale 1"):
        call_command("check_index")
    call_command("check_index", "--repair")
    assert not any(one.drift() for one in engines())
    assert found("河东建设") == [case.number]
    EMBEDDED.remove([case.pk])
    assert not IndexedFile.objects.exists()
    assert EMBEDDED.drift().missing == {case.pk}


def test_rebuilding_reads_what_was_never_read(say, found, capsys):
    case = say("停水")
    attach(case, "好.docx", docx("河东建设"))
    attach(case, "坏.docx", docx(xml="<"))
    call_command("rebuild_index", "--if-missing")
    assert waiting() == 2
    call_command("rebuild_index")
    said = capsys.readouterr().out
    assert "files: 2 files looked into" in said
    assert "read 1, unreadable 1." in said
    assert found("河东建设") == [case.number]
    assert not any(one.drift() for one in engines())
    call_command("rebuild_index", "--engine", "files")
    assert "0 files looked into" in capsys.readouterr().out


def test_the_task_reads_what_waits(say, found):
    case = say("停水")
    assert tasks.read_files.apply(throw=True).result == 0
    attach(case, "好.docx", docx("河东建设"))
    assert tasks.read_files.apply(throw=True).result == 1
    drain(at=timezone.now() + timedelta(seconds=1))
    assert found("河东建设") == [case.number]


def test_reading_lets_the_other_long_work_have_its_turn(say, monkeypatch):
    case = say("停水")
    for name in ("一.docx", "二.docx"):
        attach(case, name, docx(name))
    monkeypatch.setattr(tasks, "AT_MOST", timedelta())
    assert tasks.read_files.apply(throw=True).result == 1
    assert waiting() == 1
