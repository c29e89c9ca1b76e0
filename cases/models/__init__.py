"""The models of the core, one file a subject."""

from cases.models.account_change import AccountChange
from cases.models.alarm import Alarm
from cases.models.assignment import Assignment
from cases.models.attachment import Attachment
from cases.models.attachment_text import AttachmentText
from cases.models.calendar import CalendarDay, CalendarYear
from cases.models.case import Case
from cases.models.category import Category
from cases.models.chain_seal import ChainSeal
from cases.models.contact import Contact
from cases.models.contact_grant import ContactGrant
from cases.models.contact_relay import ContactRelay, RelayResult
from cases.models.duty import Duty
from cases.models.event import Event
from cases.models.intake_key import IntakeKey, NumberCounter
from cases.models.key_mark import KeyMark
from cases.models.look import Look
from cases.models.notice import Notice
from cases.models.original import Original
from cases.models.petitioner import Petitioner, ViewLog
from cases.models.policy import DeadlinePolicy
from cases.models.reason import Reason
from cases.models.region import Region
from cases.models.request import Request
from cases.models.respondent import Respondent
from cases.models.secrecy_request import SecrecyRequest
from cases.models.staff import User, UserRole
from cases.models.system_act import SystemAct
from cases.models.system_record import SystemHistory, SystemRecord
from cases.models.unit import Unit

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
