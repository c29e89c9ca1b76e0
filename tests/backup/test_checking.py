"""`verify_office` looks at everything, and names what is not as it was."""

import hashlib
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from cases.models import Attachment, Event, Petitioner
from config.backup.checking import faults, sample
from tests.cast import NOON, wang_says


@pytest.fixture
def case(cast, settings, tmp_path):
    """A case with one attached file."""
    settings.MEDIA_ROOT = tmp_path
    case = wang_says(cast)
    kept = Attachment(case=case, kind="citizen", name="a.pdf", media_type="x", size=1, at=NOON)
    kept.sha256 = hashlib.sha256(b"x").hexdigest()
    kept.file.save("a.pdf", ContentFile(b"x"))
    return case


def told():
    return [fault for fault in faults() if fault]


def test_a_whole_office_has_no_fault(case, capsys):
    assert told() == []
    call_command("verify_office")
    assert "1" in capsys.readouterr().out


def test_an_altered_event_is_named(case):
    Event.objects.filter(case=case).update(actor_name="别人")
    (fault,) = told()
    assert case.number in fault
    with pytest.raises(CommandError):
        call_command("verify_office")


def test_a_missing_and_an_exchanged_file_are_named(case, settings):
    path = Path(settings.MEDIA_ROOT) / Attachment.objects.get().file.name
    path.write_bytes(b"y")
    (fault,) = told()
    assert Attachment.objects.get().file.name in fault
    path.unlink()
    (fault,) = told()
    assert Attachment.objects.get().file.name in fault


def test_another_key_of_personal_data_is_told(case, settings):
    other = Fernet.generate_key().decode()
    settings.GIVEN_SECRETS = settings.GIVEN_SECRETS | {"PERSONAL_DATA_KEYS": other}
    assert len(told()) == 2  # the petitioner, and the query code of the case


def test_a_value_carried_into_another_row_is_not_blamed_on_the_key(case):
    mine = case.petitioner
    sealed = mine.phone_sealed
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    Petitioner.objects.filter(pk=mine.pk).update(phone_sealed=changed)
    (fault,) = told()
    assert "被改动过" in fault
    assert "PERSONAL_DATA_KEYS" not in fault


def test_another_look_up_key_is_told(case, settings):
    settings.GIVEN_SECRETS = settings.GIVEN_SECRETS | {
        "LOOKUP_KEY": "another look-up key that is long"
    }
    assert "LOOKUP_KEY" in told()[0]


@pytest.mark.django_db
def test_a_sample_has_the_ends_and_some_between(monkeypatch):
    monkeypatch.setattr("config.backup.checking.SAMPLE", 3)
    Petitioner.objects.bulk_create(Petitioner() for _ in range(30))
    every = list(Petitioner.objects.order_by("pk").values_list("pk", flat=True))
    found = sorted(one.pk for one in sample(Petitioner.objects.all()))
    assert found == sorted({*every[:3], *every[-3:], *every[::10]})
