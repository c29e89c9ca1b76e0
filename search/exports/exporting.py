"""Exports: asked with a reason, made in the background in the asker's permission, fetched, expired.

Every export is decided by a second person, however small: twenty cases can hold one witness.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from uuid import uuid4

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.events.lease import Lease
from cases.files.storage import together
from cases.machine.outage import outage_of
from cases.models import Assignment, Case, User
from cases.people.permissions import may
from cases.people.person import SYSTEM, Person
from cases.words import AssignmentState
from search.asking.question import Question
from search.asking.walking import Degraded, walk
from search.exports.models.export import KEPT, ExportRequest, ExportState
from search.exports.record import record_export
from search.exports.workbook import write

LEASE = Lease(
    ExportRequest,
    left=Q(state=ExportState.APPROVED),
    order=("decided_at", "pk"),
    lasts=timedelta(minutes=10),
)
PAUSE = timedelta(minutes=1)  # until the index is asked again
MOST_ATTEMPTS = 5
READ = ("category", "region", "lead_unit", "petitioner")
log = structlog.get_logger("search")


def ask(question: Question, total: int, reason: str, *, by: User, at: datetime) -> ExportRequest:
    """Ask for an export of what ``question`` finds; a second person decides."""
    if not may(by, "case.export"):
        raise NotPermitted(f"case.export by {by.name}")
    if question.is_private:
        raise Refused(_("A search by telephone number is not exported. Search by other words."))
    if not total:
        raise Refused(_("Nothing was found, so there is nothing to export."))
    if not reason.strip():
        raise Refused(_("Write what the export is needed for."))
    with transaction.atomic():
        export = ExportRequest.objects.create(
            asker=by,
            asker_name=by.name,
            unit_name=by.unit_name,
            question=question.as_json(),
            total=total,
            reason=reason.strip()[:300],
            asked_at=at,
            expires_at=at + KEPT,
        )
        record_export(export, "export_asked", by=by, at=at, note=export.reason)
        export.save(update_fields=["history_length", "history_head"])
    return export


def make_next(at: datetime) -> ExportRequest | None:
    """Make one approved export, if there is one; what fails is tried again, at most five times.

    So is one at which the worker died. An outage (database away, disk full) ends it with its error and
    counts as no try.
    """
    export = LEASE.take_next(at)
    if export is not None:
        with LEASE.gives_back([export], at, pause=PAUSE):
            _try(export, at)
    return export


def _try(export: ExportRequest, at: datetime) -> None:
    try:
        if export.attempts > MOST_ATTEMPTS:  # the worker itself ended at it every time
            _give_up(export, at)
        else:
            _make(export, at)
    except Degraded:
        log.warning("export waits for the index", export=export.number)
        LEASE.give_back([export], at, pause=PAUSE)
    except IllegalStep:  # another worker made it meanwhile
        log.warning("export was made twice", export=export.number)
    except Exception as error:
        if outage_of(error):
            raise
        log.exception("export failed", export=export.number)
        if export.attempts >= MOST_ATTEMPTS:
            _give_up(export, at)


def _give_up(export: ExportRequest, at: datetime) -> None:
    export.fail(by=SYSTEM, at=at, problem=_("The file could not be written. Ask again."))


def _make(export: ExportRequest, at: datetime) -> None:
    asker = User.objects.select_related("unit").get(pk=export.asker_id)
    if not may(asker, "case.export"):
        export.fail(by=SYSTEM, at=at, problem=_("The person who asked may no longer export."))
        return
    with TemporaryFile() as file:
        rows = write(export, _pages(export, asker, at), file, at)
        if not rows:
            export.finish(by=SYSTEM, at=at, file="", sha256="", rows=0)
            return
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        path = ExportRequest.file.field.generate_filename(export, f"{uuid4().hex}.xlsx")
        with together():
            name = default_storage.save(path, File(file))
            export.finish(by=SYSTEM, at=at, file=name, sha256=digest, rows=rows)


def _pages(export: ExportRequest, asker: User, at: datetime) -> Iterator[list[Case]]:
    """The cases with what a row needs, seen again with the asker's eyes; counts as it goes."""
    written = 0
    public = Assignment.objects.filter(state__in=AssignmentState.WITH_REPLY).order_by("-pk")
    for page in walk(export.asked, asker, at=at, most=settings.EXPORT_MOST_ROWS):
        seen = Case.objects.visible_to(asker).filter(pk__in=[case.pk for case in page])
        rows = seen.select_related(*READ).prefetch_related(Prefetch("assignments", public))
        found = rows.in_bulk()
        cases = [found[case.pk] for case in page if case.pk in found]
        written += len(cases)
        ExportRequest.objects.filter(pk=export.pk).update(rows=written)
        yield cases


def fetch(export: ExportRequest, *, by: Person, at: datetime) -> File:
    """The open file, for the asker alone and while it is kept; the download is written down first."""
    if by.pk != export.asker_id or not may(by, "case.export"):
        raise NotPermitted(f"export {export.number} by {by.name}")
    if export.state != ExportState.MADE or not export.file or at >= export.expires_at:
        raise IllegalStep(_("This file is no longer kept. Ask for a new export."))
    try:
        file = export.file.open("rb")
    except FileNotFoundError as error:
        raise IllegalStep(_("This file is no longer kept. Ask for a new export.")) from error
    with transaction.atomic():
        held = export.held()
        record_export(held, "export_downloaded", by=by, at=at)
        held.save(update_fields=["history_length", "history_head"])
    return file


def expire(at: datetime) -> int:
    """Remove files whose days are over and requests nobody decided; return how many."""
    over = ExportRequest.objects.filter(state__in=ExportState.EXPIRING, expires_at__lte=at)
    count = 0
    for export in over[:100]:
        if (
            export.file and export.file.name
        ):  # first the file: whoever dies in between finds the rest to do again
            default_storage.delete(export.file.name)
        try:
            export.expire(by=SYSTEM, at=at)
        except IllegalStep:  # decided in this very moment
            continue
        count += 1
    return count
