"""What of a case is searchable: its matter and the answers given, never who brought it.

Texts are handling texts (``cases.privacy.models.handled``); those of a case of before count once made.

Names and telephone numbers of citizens are not in any index; a telephone is looked up by its keyed hash
(``search.asking.finding``). Replies count from the unit's sign-off on; drafts do not. A unit is found by the
name it had when the task was given and by the one it has now (``search.indexing.renaming``). Files that hold
text count as far as it was read (``cases.files.reading``), each for itself.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from cases.models import Assignment, Attachment, AttachmentText, Case
from cases.numbers.number import grouped
from cases.words import AssignmentState, Secrecy
from search.engines.facts import microseconds
from search.engines.port import Document, FileText
from search.words.spellings import fragments

if TYPE_CHECKING:
    from django.db.models import QuerySet


def documents(case_ids: Iterable[int]) -> list[Document]:
    """Read the given cases as they are now, in three queries; unknown ids are left out.

    Files are read first: what becomes known of them meanwhile is owed to the index anew.
    """
    ids = list(case_ids)
    files = _files(ids)
    units: dict[int, list[str]] = {}
    replies: dict[int, list[str]] = {}
    rows = Assignment.objects.filter(case__in=ids).order_by("pk")
    for case_id, state, reply, *names in rows.values_list(
        "case_id", "state", "public_reply", "unit_name", "unit__name", "unit__short_name"
    ):
        units.setdefault(case_id, []).extend(names)
        if state in AssignmentState.WITH_REPLY and reply:
            replies.setdefault(case_id, []).append(reply)
    cases = Case.objects.filter(pk__in=ids).select_related("category", "region").order_by("pk")
    return [
        _document(case, units.get(case.pk, []), replies.get(case.pk, []), files.get(case.pk, []))
        for case in cases
    ]


def read_files() -> "QuerySet[AttachmentText]":
    """Texts of files that were read, hold some, and may be found.

    What the citizen of a confidential case sent in tells who it is as well as a name would.
    """
    tells = Q(attachment__kind=Attachment.Kind.CITIZEN)
    secret = ~Q(attachment__case__secrecy=Secrecy.NORMAL)
    read = AttachmentText.objects.filter(attachment__text_state=Attachment.TextState.READ)
    return read.exclude(tells & secret)


def _files(case_ids: list[int]) -> dict[int, list[FileText]]:
    found: dict[int, list[FileText]] = {}
    rows = read_files().filter(attachment__case__in=case_ids).order_by("pk")
    for case_id, pk, at, *texts in rows.values_list(
        "attachment__case_id", "pk", "read_at", "name", "text"
    ):
        if at is not None:  # none of those that were read
            found.setdefault(case_id, []).append(FileText(pk, microseconds(at), *texts))
    return found


def _document(case: Case, units: list[str], replies: list[str], files: list[FileText]) -> Document:
    place = [
        case.number,
        grouped(case.number),
        " ".join(fragments(case.number)),
        case.address if case.handled_at else "",
        case.region.path if case.region else "",
        case.category.path if case.category else "",
        *dict.fromkeys(units),
    ]
    answers = dict.fromkeys([case.answer_text, *reversed(replies)])  # the adopted one stands twice
    is_made = case.handled_at is not None
    return Document(
        case_id=case.pk,
        version=case.version,
        title=case.title if is_made else "",
        body="\n".join(filter(None, [case.content, case.request])) if is_made else "",
        reply="\n".join(filter(None, answers)) if is_made else "",
        place="\n".join(filter(None, place)),
        files=tuple(files),
    )
