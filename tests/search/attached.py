"""A file taken in as the form does it, and the worker's part of the work done at once."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.events.outbox import drain
from cases.files.accepting import accept_file
from cases.files.reading import read_waiting
from cases.models import Attachment, Duty
from tests.cast import NOON


def attach(case, name, content):
    """A file as the form takes it in; nothing is read or owed yet."""
    checked = accept_file(SimpleUploadedFile(name, content))
    return Attachment.objects.create(
        case=case,
        kind=Attachment.Kind.CITIZEN,
        name=checked.name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
        file=ContentFile(checked.content, checked.name),
        at=NOON,
    )


def worked_off():
    """What the worker does within seconds: read what waits, index what is owed; states of the files."""
    states = [one.text_state for one in read_waiting(timezone.now())]
    drain(at=max(NOON, timezone.now()) + timedelta(seconds=1))
    assert not Duty.objects.exists()
    return states
