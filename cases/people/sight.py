"""What a person may see of a case, and rows that hang on one, seen only where that one may be seen.

As ``EXISTS``, asked of each row: for somebody who sees every case, ``IN`` names the whole table, and SQLite
walks it to find the few rows (on a hundred thousand cases 17 ms for a number in the bar of every page).
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, Model, OuterRef, QuerySet

from cases.people.permissions import may, scope_of
from cases.people.person import Person
from cases.words import Secrecy

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case

# What the office weighs among itself: of whom a complaint is, how secret it is, what is left out of it.
OF_THE_OFFICE = frozenset(
    {
        *("respondent_named", "respondent_withdrawn", "respondent_denied"),
        *("lower_secrecy_asked", "lower_secrecy_withdrawn", "lower_secrecy_decided"),
        "handling_corrected",
        "reclassified",
    }
)
# Rows that a step took along (``follow``): the line of the step tells of them; their own are the record.
TAKEN_ALONG = frozenset(
    {
        *("task_given", "task_begun", "task_done", "task_format_returned", "task_reworked"),
        *("task_returned", "task_recalled", "request_lapsed"),
    }
)
CLASSED = frozenset({"accepted"})  # units do not read what it was before: a report of them, perhaps
REASONS_OF_THE_OFFICE = frozenset({"secrecy_raised", "contact_named", "contact_ended"})


def stands_in(rows: QuerySet[Model], path: str) -> Exists:
    """The condition that what ``path`` leads to (``"assignment__case"``) is one of ``rows``."""
    return Exists(rows.order_by().filter(pk=OuterRef(path)))


class What(StrEnum):
    """What there is to see of a case beside that it exists (``CaseQuerySet.visible_to``)."""

    MASK = "mask"  # 王＊＊ · 138＊＊＊＊6217; whoever lives in the county may guess
    IDENTITY = "identity"  # name and number in clear: with a reason, logged
    FILES = "files"  # what the citizen attached, and its names


def sees(person: "Person", case: "Case", what: What) -> bool:
    """Whether the person, who may see the case, may see ``what`` of it (`domain.md` §2.7).

    The office sees masks and files; files of confidential and secret cases, which hold names as they
    are, only with the right to read these. Units see them on ordinary cases; on confidential and secret
    ones only a person whom the office named does, while the unit works on it. Two queries, and only for
    units on such cases.
    """
    is_open = case.secrecy == Secrecy.NORMAL
    if scope_of(person).is_office:
        tells = what is What.IDENTITY or (what is What.FILES and not is_open)
        return not tells or may(person, "case.reveal", case)
    if what is What.IDENTITY and not may(person, "case.reveal", case):
        return False
    return is_open or is_named(person, case)


def is_named(person: "Person", case: "Case") -> bool:
    """Whether the office named this person to contact the citizen, and their unit still works on it."""
    if person.pk is None:
        return False
    if not case.contact_grants.filter(user=person.pk, ended_at=None).exists():
        return False
    return case.assignments.open().filter(unit__in=person.unit_ids).exists()


def hears_of(person: "Person", kind: str) -> bool:
    """Whether the person reads an event of this kind by itself in the history of a case they may see."""
    if kind in TAKEN_ALONG:
        return False
    return kind not in OF_THE_OFFICE or scope_of(person).is_office


def hears_facts(person: "Person", kind: str) -> bool:
    """Whether they also read what it changed from what to what."""
    return kind not in CLASSED or scope_of(person).is_office


def hears_why(person: "Person", kind: str) -> bool:
    """Whether they also read the reason that was given for it."""
    return kind not in REASONS_OF_THE_OFFICE or scope_of(person).is_office
