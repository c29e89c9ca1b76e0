"""Read the text of attached files in the background, one by one, each by a process of its own.

What waits is told by the state of the file itself, so it does not matter how or when a file came to
its case. Leased by compare-and-set, kept with what it owes to the index in one transaction. A file
that cannot be read is noted with the reason and never tried again.

Personal numbers and the names of those who spoke to the office about the case are left out: names
and telephone numbers of citizens are in no index (``search.engines.documents``).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import Length
from django.utils import timezone

from cases.events.lease import Lease, put_down, taking
from cases.events.outbox import owe_files
from cases.files.models.attachment import Attachment
from cases.files.models.attachment_text import AttachmentText
from cases.files.text.apart import HOLDING_TEXT, read_apart
from cases.files.text.confinement import Limits
from cases.files.text.said import NO_TEXT, READ, UNREADABLE, FileReading
from cases.lifecycle.models.case import Case
from cases.machine.outage import outage_of
from cases.privacy.masking import without_numbers

OF_FILE = 16_000  # characters kept; what the index holds of one text
OF_CASE = 60_000
PAUSE = timedelta(minutes=5)  # after the storage failed
LEASE = Lease(
    AttachmentText,
    left=Q(attachment__text_state=Attachment.TextState.WAITING),
    lasts=timedelta(seconds=60),
    longest=PAUSE,
)
MAX_ATTEMPTS = 8
LIMITS = Limits(characters=OF_FILE + 4_000)  # some of it is left out
log = structlog.get_logger("files")


def read_waiting(at: datetime, *, most: int = 50) -> Iterator[Attachment]:
    """Read up to ``most`` files that wait and yield each as it is done. Safe to run twice or by two."""
    for _ in range(most):
        taken = _take(at)
        if taken is None:
            return
        with LEASE.gives_back([taken], at):
            read(taken, at)
        yield taken.attachment


def waiting() -> int:
    """How many files wait to be read."""
    return Attachment.objects.filter(text_state=Attachment.TextState.WAITING).count()


def _take(at: datetime) -> AttachmentText | None:
    """Take the first file that waits; the row that is leased comes to be when it is first tried."""
    files = Attachment.objects.filter(text_state=Attachment.TextState.WAITING).order_by("pk")
    with taking():
        attachment = LEASE.free(files, at, by="reading__").first()
        if attachment is None:
            return None
        taken, _ = AttachmentText.objects.get_or_create(attachment=attachment)
        LEASE.take([taken], at)
    taken.attachment = attachment  # as locked, not asked for again
    return taken


def read(taken: AttachmentText, at: datetime) -> None:
    """Read one file taken at ``at`` and keep what came of it; a storage that fails is tried again later."""
    attachment = taken.attachment
    try:
        reading = _reading(attachment, taken.attempts)
    except OSError as error:
        if outage_of(error):  # no room for what is read: of no file's making
            raise
        log.exception("file not opened", attachment=attachment.pk)
        if taken.attempts < MAX_ATTEMPTS:
            LEASE.postpone(taken, at, PAUSE)
            return
        reading = FileReading(UNREADABLE, "storage")
    _keep(attachment, reading)


def _reading(attachment: Attachment, attempts: int) -> FileReading:
    if attempts > MAX_ATTEMPTS:  # the worker itself ended at it every time
        return FileReading(UNREADABLE, "died")
    if attachment.media_type not in HOLDING_TEXT:
        return FileReading(NO_TEXT)
    try:
        with attachment.file.open("rb") as file:
            return read_apart(file, attachment.media_type, LIMITS)
    except FileNotFoundError:
        return FileReading(UNREADABLE, "missing")


def _keep(attachment: Attachment, reading: FileReading) -> None:
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=attachment.case_id)
        knowledge = case.knowledge()
        names = [*knowledge.whole().names, *knowledge.identity.hide]
        text = without_numbers(reading.text, names)
        kept = text[: min(OF_FILE, _room(case, attachment))]
        put_down(
            AttachmentText.objects.filter(pk=attachment.pk),
            name=without_numbers(attachment.name, names),
            text=kept,
            is_cut=reading.is_cut or len(kept) < len(text),
            reason=reading.reason,
            read_at=timezone.now(),
        )
        Attachment.objects.filter(pk=attachment.pk).update(text_state=reading.state)
        if reading.state == READ:
            owe_files(case)
    attachment.text_state = reading.state
    if reading.state not in {READ, Attachment.TextState.NO_TEXT}:
        log.info("file not read", attachment=attachment.pk, state=reading.state, why=reading.reason)


def _room(case: Case, attachment: Attachment) -> int:
    others = AttachmentText.objects.filter(attachment__case=case).exclude(pk=attachment.pk)
    used = others.aggregate(used=Sum(Length("text")))["used"] or 0
    return max(OF_CASE - used, 0)
