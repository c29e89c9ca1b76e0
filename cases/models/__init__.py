"""The models of the core, one file a subject."""

from cases.accounts.models.account_change import AccountChange
from cases.clocks.models.alarm import Alarm
from cases.clocks.models.calendar import CalendarDay, CalendarYear
from cases.clocks.models.policy import DeadlinePolicy
from cases.events.models.chain_seal import ChainSeal
from cases.events.models.duty import Duty
from cases.events.models.event import Event
from cases.events.models.notice import Notice
from cases.files.models.attachment import Attachment
from cases.files.models.attachment_text import AttachmentText
from cases.integrity.models.key_mark import KeyMark
from cases.lifecycle.models.assignment import Assignment
from cases.lifecycle.models.case import Case
from cases.lifecycle.models.contact import Contact
from cases.lifecycle.models.request import Request
from cases.looks.models.look import Look
from cases.numbers.models.intake_key import IntakeKey, NumberCounter
from cases.people.models.staff import User, UserRole
from cases.people.models.unit import Unit
from cases.privacy.models.original import Original
from cases.privacy.models.petitioner import Petitioner, ViewLog
from cases.reference.models.category import Category
from cases.reference.models.reason import Reason
from cases.reference.models.region import Region
from cases.secrecy.models.contact_grant import ContactGrant
from cases.secrecy.models.contact_relay import ContactRelay, RelayResult
from cases.secrecy.models.respondent import Respondent
from cases.secrecy.models.secrecy_request import SecrecyRequest
from cases.system.models.system_act import SystemAct
from cases.system.models.system_record import SystemHistory, SystemRecord

__all__ = [
    "AccountChange",
    "Alarm",
    "Assignment",
    "Attachment",
    "AttachmentText",
    "CalendarDay",
    "CalendarYear",
    "Case",
    "Category",
    "ChainSeal",
    "Contact",
    "ContactGrant",
    "ContactRelay",
    "DeadlinePolicy",
    "Duty",
    "Event",
    "IntakeKey",
    "KeyMark",
    "Look",
    "Notice",
    "NumberCounter",
    "Original",
    "Petitioner",
    "Reason",
    "Region",
    "RelayResult",
    "Request",
    "Respondent",
    "SecrecyRequest",
    "SystemAct",
    "SystemHistory",
    "SystemRecord",
    "Unit",
    "User",
    "UserRole",
    "ViewLog",
]
