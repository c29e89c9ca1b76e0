"""The closed lists of the core: stored slug (English) and the word a person reads.

Sources: channels and types `domain.md` §10.1, states §3.2, urgency and secrecy §10.1.
Groups of states are named on the enum that lists them (``CaseState.OPEN``) and nowhere else.
"""

from enum import nonmember
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


def group(*states: Any) -> "nonmember[tuple[str, ...]]":
    """Name several states, or groups of them, inside their own enum: the slugs, in this order."""
    slugs: list[str] = []
    for one in states:
        is_group = all(isinstance(part, str) for part in one)  # a state is its slug and its word
        slugs += one if is_group else one[:1]
    return nonmember(tuple(slugs))


class Channel(TextChoices):
    """The way a matter reached the office; the number is the two digits in a case number."""

    PHONE = "phone", _("Phone")
    WEB = "web", _("Website")
    MAYOR = "mayor", _("Mayor's mailbox")
    MAGISTRATE = "magistrate", _("Magistrate's mailbox")
    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Paper letter")
    VISIT = "visit", _("Visit")
    PROVINCE = "province", _("Province's platform")
    CITY = "city", _("City's platform")


CHANNEL_DIGITS = {
    "phone": "01",
    "web": "02",
    "mayor": "03",
    "magistrate": "04",
    "sms": "05",
    "email": "06",
    "letter": "07",
    "visit": "08",
    "province": "21",
    "city": "22",
}
MAILBOXES = ("mayor", "magistrate")


class DemandType(TextChoices):
    """What the citizen wants."""

    CONSULT = "consult", _("Enquiry")
    HELP = "help", _("Request for help")
    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", _("Report of wrongdoing")
    SUGGESTION = "suggestion", _("Suggestion")
    PRAISE = "praise", _("Praise")


class Urgency(TextChoices):
    """How quickly it must be taken up."""

    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")
    CRITICAL = "critical", _("Critical")


class Secrecy(TextChoices):
    """Who may learn who the citizen is. A report of wrongdoing is always secret."""

    NORMAL = "normal", _("Ordinary")
    CONFIDENTIAL = "confidential", _("Confidential")
    SECRET = "secret", _("Secret")


class RespondentState(TextChoices):
    """Whether it is settled who is complained about; empty: nobody is."""

    OPEN = "open", _("To be settled")
    UNIT = "unit", _("One of our units")
    OUTSIDE = "outside", _("None of our units")


class SourceLevel(TextChoices):
    """The level of government the matter came from."""

    COUNTY = "county", _("County")
    CITY = "city", _("City")
    PROVINCE = "province", _("Province")
    STATE = "state", _("Central government")


class CaseState(TextChoices):
    """Where a case stands (`domain.md` §3.2)."""

    SUBMITTED = "submitted", _("Waiting for acceptance")
    ACCEPTED = "accepted", _("Waiting for dispatch")
    ANSWERED = "answered", _("Direct answer given")
    REJECTED = "rejected", _("Not accepted")
    TRANSFERRED = "transferred", _("Transferred")
    DISPATCHED = "dispatched", _("Waiting for signature")
    IN_PROGRESS = "in_progress", _("In progress")
    UNDER_REVIEW = "under_review", _("Reply under review")
    CALLBACK = "callback", _("Waiting for call-back")
    DISSATISFIED = "dissatisfied", _("Dissatisfied, to be reviewed")
    REWORK = "rework", _("Rework")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")

    OPEN = group(  # somebody still has to do something
        SUBMITTED, ACCEPTED, DISPATCHED, IN_PROGRESS, UNDER_REVIEW, CALLBACK, DISSATISFIED, REWORK
    )
    ENDED = group(ANSWERED, REJECTED, TRANSFERRED, CLOSED)  # not sealed yet
    NOT_ARCHIVED = group(OPEN, ENDED)
    BEFORE_DISPATCH = group(SUBMITTED, ACCEPTED)
    WITH_UNITS = group(DISPATCHED, IN_PROGRESS, REWORK)
    URGEABLE = group(BEFORE_DISPATCH, WITH_UNITS, UNDER_REVIEW)
    AFTER_REPLY = group(CALLBACK, DISSATISFIED, UNDER_REVIEW)  # the office looks at the reply
    RATEABLE = group(CALLBACK, CLOSED)
    HANDLED = group(CALLBACK, CLOSED, ARCHIVED)  # a unit's reply was accepted
    SOLVED = group(CLOSED, ARCHIVED, ANSWERED)  # others may learn from it
    SHOWS_REPLY = group(
        ANSWERED, CALLBACK, CLOSED, DISSATISFIED, ARCHIVED, WITH_UNITS
    )  # to the citizen
    PUBLISHABLE = group(ANSWERED, CALLBACK, CLOSED, ARCHIVED)  # the citizen has an answer


class AssignmentState(TextChoices):
    """Where one unit's task on a case stands."""

    DISPATCHED = "dispatched", _("Waiting for signature")
    SIGNED = "signed", _("Signed")
    IN_PROGRESS = "in_progress", _("In progress")
    AWAITING_SIGN_OFF = "awaiting_sign_off", _("Waiting for the leader")
    REPLIED = "replied", _("Replied")
    FORMAT_RETURN = "format_return", _("Reply to be completed")
    DONE = "done", _("Reply accepted")
    REWORKED = "reworked", _("Sent to rework")
    RETURNED = "returned", _("Returned")
    RECALLED = "recalled", _("Recalled")

    OPEN = group(DISPATCHED, SIGNED, IN_PROGRESS, AWAITING_SIGN_OFF, FORMAT_RETURN)
    BEFORE_REPLY = group(DISPATCHED, SIGNED, IN_PROGRESS)
    UNDER_WAY = group(SIGNED, IN_PROGRESS)  # no reply was written yet, or the leader wants another
    AT_WORK = group(UNDER_WAY, FORMAT_RETURN)  # the unit writes
    SIGNED_FOR = group(UNDER_WAY, AWAITING_SIGN_OFF, FORMAT_RETURN)  # open, and the unit took it on
    TAKEN_BACK = group(RETURNED, RECALLED)  # no longer the unit's: every other task is held
    RECALLABLE = group(OPEN, REPLIED)
    ANSWERED = group(REPLIED, DONE, REWORKED)  # the unit has replied, whatever became of it
    WITH_REPLY = group(REPLIED, DONE, FORMAT_RETURN, REWORKED)  # a signed reply stands on it


class AssignmentRole(TextChoices):
    """Lead (主办) or assisting (协办)."""

    LEAD = "lead", _("Lead")
    ASSIST = "assist", _("Assisting")


class Outcome(TextChoices):
    """How a case ended (`domain.md` §3.2, state 11)."""

    SOLVED = "solved", _("Resolved")
    PARTLY = "partly", _("Partly solved")
    EXPLAINED = "explained", _("Explained")
    UNSOLVED = "unsolved", _("Not solved")
    LEGAL_ROUTE = "legal_route", _("Legal route told")
    UNREACHABLE = "unreachable", _("Citizen not reached")


class Solved(TextChoices):
    """The unit's own word on the result."""

    SOLVED = "solved", _("Resolved")
    PARTLY = "partly", _("Partly solved")
    UNSOLVED = "unsolved", _("Not solved")


class FactTrue(TextChoices):
    """Whether what was reported is so."""

    TRUE = "true", _("Found true")
    PARTLY = "partly", _("Partly true")
    FALSE = "false", _("Not true")


class ContactKind(TextChoices):
    """Why the citizen got in touch this time."""

    FIRST = "first", _("First message")
    URGE = "urge", _("Urge")
    QUERY = "query", _("Query")
    SUPPLEMENT = "supplement", _("Supplement")
    OTHER = "other", _("Other")


class ContactMethod(TextChoices):
    """How a unit reached the citizen first (先行联系)."""

    PHONE = "phone", _("By phone, reached")
    PHONE_MISSED = "phone_missed", _("By phone, not reached")
    VISIT = "visit", _("In person")
    MESSAGE = "message", _("By message")
    OFFICE = "office", _("Through the office")


class RequestKind(TextChoices):
    """An overlay request on a task."""

    RETURN = "return", _("Return")
    EXTENSION = "extension", _("Extension")


class RequestState(TextChoices):
    """The small life of an overlay request."""

    ASKED = "asked", _("Waiting for the leader's signature")
    SIGNED = "signed", _("Waiting for decision")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")

    PENDING = group(ASKED, SIGNED)


class Role(TextChoices):
    """What a member of staff is trusted with (`domain.md` §10.4)."""

    OPERATOR = "operator", _("Operator")
    DISPATCHER = "dispatcher", _("Dispatcher")
    CLERK = "clerk", _("Unit clerk")
    LEADER = "leader", _("Unit leader")
    REVIEWER = "reviewer", _("Reply reviewer")
    CALLBACK = "callback", _("Call-back agent")
    SUPERVISOR = "supervisor", _("Supervisor")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


class UnitKind(TextChoices):
    """The class a unit is compared within."""

    OFFICE = "office", _("Hotline office")
    COUNTY = "county", _("County department")
    TOWN = "town", _("Township")
    UTILITY = "utility", _("Utility")
    VERTICAL = "vertical", _("Vertical authority")
    SECTION = "section", _("Section")


class ReasonKind(TextChoices):
    """Which act a coded reason belongs to."""

    REJECT = "reject", _("Not accepted")
    TRANSFER = "transfer", _("Transfer")
    RETURN = "return", _("Return")
    EXTENSION = "extension", _("Extension")
    EXCLUDE = "exclude", _("Exclusion")
