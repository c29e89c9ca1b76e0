"""Make a case out of what a citizen brought: the one door into the table of cases.

Idempotent by key: the same key with the same content gives the same case, with another content it is
refused. Case, petitioner, contact, event and duties are written in one transaction.
"""

import hashlib
import json
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.clocks.due import deadline
from cases.errors import KeyReused, NotPermitted, Refused
from cases.events.recording import keep_events, record
from cases.lifecycle.models.case import Case
from cases.lifecycle.models.contact import Contact
from cases.numbers.models.intake_key import IntakeKey
from cases.numbers.number import case_number, query_code
from cases.numbers.serial import next_serial
from cases.people.models.unit import Unit
from cases.people.permissions import may
from cases.people.person import Person
from cases.privacy.identity.finding import Known
from cases.privacy.models.petitioner import Petitioner
from cases.privacy.phone import is_plausible, normalise
from cases.privacy.titling import title_of
from cases.privacy.unseen import without_unseen
from cases.reference.models.category import Category
from cases.reference.models.region import Region
from cases.secrecy import respondent
from cases.secrecy.levels import least
from cases.secrecy.respondent import TEXT_LENGTH, stand_of
from cases.shapes import Payload
from cases.words import CHANNEL_DIGITS, DemandType

TITLE_LENGTH = 120
CONTENT_LENGTH = 10_000


@dataclass(frozen=True)
class IntakeData:
    """What came in. ``contact_at``: when the citizen spoke (aware); everything else as they gave it."""

    channel: str
    content: str
    contact_at: datetime
    title: str = ""
    request: str = ""
    demand_type: str = DemandType.HELP.value
    category: Category | None = None
    region: Region | None = None
    address: str = ""
    urgency: str = "normal"
    secrecy: str = "normal"
    publish_consent: bool = False
    is_anonymous: bool = False
    name: str = ""
    phone: str = ""
    gender: str = ""
    respondents: tuple[Unit, ...] = ()
    respondent_text: str = ""
    is_test: bool = False
    source_system: str = ""
    source_case_no: str = ""
    source_level: str = "county"

    def as_seen(self) -> "IntakeData":
        """The same without characters that nobody sees, in every text."""
        return replace(
            self,
            content=without_unseen(self.content),
            title=without_unseen(self.title),
            request=without_unseen(self.request),
            address=without_unseen(self.address),
            name=without_unseen(self.name),
            respondent_text=without_unseen(self.respondent_text),
        )

    def digest(self) -> str:
        """SHA-256 over what the citizen sent; two equal submissions have the same."""
        said = {
            field.name: getattr(getattr(self, field.name), "pk", getattr(self, field.name))
            for field in fields(self)
            if field.name not in {"contact_at", "respondents"}
        }
        named = [unit.pk for unit in self.respondents]  # the first as when there was one only
        said |= {"respondent_unit": named[0] if named else None}
        said |= {"more_respondents": named[1:]} if named[1:] else {}
        if not self.respondent_text:  # as it was before there was such a field
            said.pop("respondent_text")
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def register(data: IntakeData, *, key: str, by: Person, at: datetime) -> Case:
    """Register a matter once for each ``key``; returns the (perhaps earlier) case.

    Raises ``Refused`` with a sentence for content that cannot be a case, ``KeyReused`` when the key
    came with another content before, ``NotPermitted`` when ``by`` may not register.
    """
    if not may(by, "case.register"):
        raise NotPermitted("case.register")
    data = data.as_seen()
    _check(data)
    if earlier := _known(key, data):
        return earlier
    day = timezone.localtime(at).date()
    serial = next_serial(day, data.channel)
    try:
        with transaction.atomic():
            return _create(data, key, day, serial, by, at)
    except IntegrityError:  # the same key was registered between our look and our insert
        if earlier := _known(key, data):
            return earlier
        raise


def _known(key: str, data: IntakeData) -> Case | None:
    known = IntakeKey.objects.filter(key=key).only("digest", "case_id").first()
    if known is None:  # nearly always: the case is read only when there is one
        return None
    if known.digest != data.digest():
        raise KeyReused(_("This form was already sent with another content. Open a new form."))
    return known.case


def _check(data: IntakeData) -> None:
    if not data.content.strip():
        raise Refused(_("Write what happened."))
    if len(data.content) > CONTENT_LENGTH:
        raise Refused(
            _("The text is longer than %(limit)d characters.") % {"limit": CONTENT_LENGTH}
        )
    if (
        "\x00"
        in data.content
        + data.title
        + data.address
        + data.name
        + data.request
        + data.respondent_text
    ):
        raise Refused(_("The text contains characters that cannot be stored."))
    if data.channel not in CHANNEL_DIGITS:
        raise Refused(_("Unknown channel."))
    if data.phone and not is_plausible(normalise(data.phone)):
        raise Refused(_("The telephone number is not complete. Check the digits."))


def _title(data: IntakeData) -> str:
    known = Known(names=(data.name,), numbers=(data.phone,))
    return " ".join(data.title.split()) or title_of(data.content, known)


def _petitioner(data: IntakeData) -> Petitioner | None:
    if not (data.name or data.phone):
        return None
    return Petitioner.keep(name=data.name[:40], phone=data.phone, gender=data.gender)


def _case(data: IntakeData, day: date, serial: int, by: Person, at: datetime) -> Case:
    case = Case(
        number=case_number(settings.OFFICE_REGION, day, CHANNEL_DIGITS[data.channel], serial),
        channel=data.channel,
        source_level=data.source_level,
        source_system=data.source_system,
        source_case_no=data.source_case_no,
        demand_type=data.demand_type,
        category=data.category,
        region=data.region,
        address=data.address[:200],
        title=_title(data)[:TITLE_LENGTH],
        content=data.content.strip(),
        request=data.request.strip(),
        is_anonymous=data.is_anonymous,
        secrecy=least(data.demand_type, data.secrecy),
        publish_consent=data.publish_consent,
        urgency=data.urgency,
        respondent_text=data.respondent_text.strip()[:TEXT_LENGTH],
        respondent_state=stand_of(data.demand_type, data.respondents, data.respondent_text),
        contact_at=data.contact_at,
        registered_at=at,
        registered_by_id=by.pk,
        is_test=data.is_test,
    )
    case.seal_in("query_code_sealed", query_code())
    case.intake_due_at = deadline(case, "intake", at).at
    return case


def _told(data: IntakeData) -> Payload:
    said: Payload = {"channel": data.channel}
    if data.respondents:
        said["respondents"] = [str(unit) for unit in data.respondents]
    return said


def _create(data: IntakeData, key: str, day: date, serial: int, by: Person, at: datetime) -> Case:
    case = _case(data, day, serial, by, at)
    case.petitioner = petitioner = _petitioner(data)
    happened = record(case, "registered", by=by, at=at, payload=_told(data))
    case.save(force_insert=True)
    IntakeKey.objects.create(key=key, digest=data.digest(), case=case, at=at)
    Contact.objects.create(
        channel=data.channel,
        kind="first",
        at=data.contact_at,
        case=case,
        petitioner=petitioner,
        phone_hash=petitioner.phone_hash if petitioner else "",
        operator_id=by.pk,
    )
    respondent.keep(case, data.respondents, by=by, at=at)
    keep_events(case, happened)
    return case
