"""What of a case is searchable: its matter and the answers given, never who brought it.

Names and telephone numbers of citizens are not in any index; a telephone is looked up by its keyed
hash (``search.finding``). Replies count from the unit's sign-off on; drafts do not. A unit is found by
the name it had when the task was given and by the one it has now (``search.renaming``).
"""

from collections.abc import Iterable

from cases.models import Assignment, Case
from cases.numbers import grouped
from search.port import Document
from search.spellings import fragments

PUBLIC_STATES = ("replied", "done", "format_return", "reworked")


def documents(case_ids: Iterable[int]) -> list[Document]:
    """Read the given cases as they are now, in two queries; unknown ids are left out."""
    ids = list(case_ids)
    units: dict[int, list[str]] = {}
    replies: dict[int, list[str]] = {}
    rows = Assignment.objects.filter(case__in=ids).order_by("pk")
    for case_id, state, reply, *names in rows.values_list(
        "case_id", "state", "public_reply", "unit_name", "unit__name", "unit__short_name"
    ):
        units.setdefault(case_id, []).extend(names)
        if state in PUBLIC_STATES and reply:
            replies.setdefault(case_id, []).append(reply)
    cases = Case.objects.filter(pk__in=ids).select_related("category", "region").order_by("pk")
    return [_document(case, units.get(case.pk, []), replies.get(case.pk, [])) for case in cases]


def _document(case: Case, units: list[str], replies: list[str]) -> Document:
    place = [
        case.number,
        grouped(case.number),
        " ".join(fragments(case.number)),
        case.address,
        case.region.path if case.region else "",
        case.category.path if case.category else "",
        *dict.fromkeys(units),
    ]
    answers = dict.fromkeys([case.answer_text, *reversed(replies)])  # the adopted one stands twice
    return Document(
        case_id=case.pk,
        version=case.version,
        title=case.title,
        body="\n".join(filter(None, [case.content, case.request])),
        reply="\n".join(filter(None, answers)),
        place="\n".join(filter(None, place)),
    )
