"""A form being filled in, from its first step to its case: at most one, whatever is sent twice."""

import secrets
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cases.errors import KeyReused, Refused
from cases.files.accepting import MAX_FILES, accept_file
from cases.files.storage import WholeFiles, together
from cases.lifecycle.registering import IntakeData
from cases.models import Attachment, Case, IntakeKey, Region
from cases.people.person import CITIZEN
from cases.words import Secrecy
from hotline import intake
from hotline.channels.forms.respondents import respondent_of
from hotline.channels.web.models.filing import Filing, FilingFile

CLEARED_AT_ONCE = 20


def begin(channel: str, typed: dict[str, str], at: datetime) -> Filing:
    """A new form; forms left lying for a day are cleared away."""
    clear_left(at)
    filing = Filing(token=secrets.token_urlsafe(24), channel=channel, created_at=at)
    filing.save()
    filing.keep(typed)
    return filing


def clear_left(at: datetime) -> None:
    """Remove unfinished forms with their files; finish those a stopped machine left half sent."""
    for filing in Filing.objects.left(at).filter(case=None)[:CLEARED_AT_ONCE]:
        known = IntakeKey.objects.filter(key=key_of(filing)).select_related("case").first()
        if known:
            settle(filing, known.case, at)
            continue
        for kept in filing.files.all():
            remove_file(kept)
        filing.delete()


def key_of(filing: Filing) -> str:
    """The key under which this form becomes a case."""
    return f"{filing.channel}-{filing.token}"


def add_file(filing: Filing, upload: UploadedFile) -> FilingFile:
    """Check and keep one file; raises ``Refused`` with a sentence."""
    if filing.files.count() >= MAX_FILES:
        raise Refused(
            _("At most %(n)d files. Remove one before adding another.") % {"n": MAX_FILES}
        )
    checked = accept_file(upload)
    same = filing.files.filter(sha256=checked.sha256).first()
    if same:
        return same
    kept = FilingFile(
        filing=filing,
        name=checked.name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
    )
    ending = checked.name.rsplit(".", 1)[-1]
    with together():
        kept.file.save(f"{secrets.token_hex(16)}.{ending}", ContentFile(checked.content))
    return kept


def remove_file(kept: FilingFile) -> None:
    """Take a file away again: first its row, so that no row ever names a file that is gone."""
    storage, name = kept.file.storage, str(kept.file.name)
    with transaction.atomic():
        if isinstance(storage, WholeFiles):
            storage.retire(name)
        else:
            transaction.on_commit(partial(storage.delete, name))
        kept.delete()


def send(filing: Filing, at: datetime) -> Case:
    """Make the case of a complete form. Sent again, by two clicks or years later: the same case."""
    try:
        case = intake.take_in(_data(filing, at), key=key_of(filing), by=CITIZEN, at=at)
    except KeyReused:  # this form became a case and was not marked so: the first one stands
        case = IntakeKey.objects.select_related("case").get(key=key_of(filing)).case
    settle(filing, case, at)
    return case


def settle(filing: Filing, case: Case, at: datetime) -> None:
    """Give the files to the case and forget what was typed."""
    with transaction.atomic():
        held = Filing.objects.select_for_update().get(pk=filing.pk)
        if held.case_id:
            return
        for kept in held.files.all():
            Attachment.objects.create(
                case=case,
                kind=Attachment.Kind.CITIZEN,
                name=kept.name,
                media_type=kept.media_type,
                size=kept.size,
                sha256=kept.sha256,
                file=kept.file.name,
                at=at,
            )
        held.files.all().delete()
        held.case, held.fields_sealed = case, ""
        held.save()


def _data(filing: Filing, at: datetime) -> IntakeData:
    said = filing.fields
    return IntakeData(
        channel=filing.channel,
        content=said["content"],
        contact_at=at,
        request=said.get("request", ""),
        demand_type=said["demand_type"],
        region=Region.objects.filter(code=said.get("region", "")).first(),
        address=said.get("address", ""),
        secrecy=Secrecy.CONFIDENTIAL if said.get("is_confidential") else Secrecy.NORMAL,
        publish_consent=bool(said.get("publish_consent")),
        is_anonymous=bool(said.get("is_anonymous")),
        name=said.get("name", ""),
        phone=said.get("phone", ""),
        **respondent_of(said.get("respondent", "")),
    )
