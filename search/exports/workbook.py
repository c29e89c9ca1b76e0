"""The file of an export: who asked for it stands at its head, on every printed page and in every row.

Texts are handling texts (``cases.privacy.models.handled``), those of cases whose texts were not made yet left
empty, and defused (``cases.pages.spreadsheet``); names and numbers of citizens stand as their masks, of
anonymous and confidential ones not at all.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from cases.models import Case
from cases.pages.spreadsheet import harmless
from cases.templatetags.timewords import due_stamp, stamp
from search.asking.wording import sentence
from search.exports.models.export import ExportRequest

EVERY = 40  # rows between two lines of the watermark
PRINTED = 200  # characters that fit a printed head or foot


def write(export: ExportRequest, pages: Iterable[list[Case]], file: IO[bytes], at: datetime) -> int:
    """Write the workbook; return how many cases stand in it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Cases"))
    mark = watermark(export, at)
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = _printable(mark)
    sheet.oddFooter.right.text = "&P / &N"
    try:
        count = _fill(sheet.append, export, pages, at, mark)
    except BaseException:  # leave no half-written sheet in the folder of temporary files
        sheet.close()
        sheet._writer.cleanup()  # noqa: SLF001 - the library offers no other way
        raise
    book.save(file)
    return count


def _fill(
    put: Callable[[Iterable[object]], object],
    export: ExportRequest,
    pages: Iterable[list[Case]],
    at: datetime,
    mark: str,
) -> int:
    for line in about(export, at, mark):
        put([harmless(line)])
    put(heads())
    short = f"{export.number} {export.asker.username}"
    count = 0
    for page in pages:
        for case in page:
            if count and count % EVERY == 0:
                put([harmless(mark)])
            put([harmless(value) for value in [*row(case), short]])
            count += 1
    put([harmless(mark)])
    return count


def watermark(export: ExportRequest, at: datetime) -> str:
    """Who, account, unit, when, why, under which number: one line."""
    return _("Export %(number)s · %(who)s (%(account)s) · %(unit)s · %(at)s · %(reason)s") % {
        "number": export.number,
        "who": export.asker_name,
        "account": export.asker.username,
        "unit": export.unit_name or "—",
        "at": _minute(at),
        "reason": export.reason,
    }


def about(export: ExportRequest, at: datetime, mark: str) -> Iterator[str]:
    """The rows above the table."""
    yield mark
    yield _("Asked: %(question)s") % {"question": sentence(export.asked)}
    yield _("Approved by %(who)s, %(at)s. %(note)s") % {
        "who": export.decider.name if export.decider else "—",
        "at": _minute(export.decided_at or at),
        "note": export.note,
    }
    yield _("For the stated reason only. Do not pass on; every download is recorded.")


def heads() -> list[str]:
    """The head of each column."""
    return [
        _("Case number"),
        _("Title"),
        _("Content"),
        _("Request"),
        _("Type"),
        _("Category"),
        _("Channel"),
        _("Place"),
        _("Address"),
        _("Urgency"),
        _("State"),
        _("Lead unit"),
        _("Petitioner"),
        _("Registered"),
        _("Promised date"),
        _("Closed at"),
        _("Reply"),
        _("Export"),
    ]


def row(case: Case) -> list[str]:
    """One case; its relations are read beforehand."""
    reply = case.answer_text or next(
        (task.public_reply for task in case.assignments.all() if task.public_reply), ""
    )
    texts = [case.title, case.content, case.request, case.address, reply]
    if case.handled_at is None:
        texts = [""] * len(texts)
    return [
        case.number,
        *texts[:3],
        case.get_demand_type_display(),
        case.category.path if case.category else "",
        case.get_channel_display(),
        case.region.name if case.region else "",
        texts[3],
        case.get_urgency_display(),
        case.get_state_display(),
        str(case.lead_unit or ""),
        _petitioner(case),
        _minute(case.registered_at),
        due_stamp(case.promise_due_at) if case.promise_due_at else "",
        _minute(case.closed_at),
        texts[4],
    ]


def _petitioner(case: Case) -> str:
    if case.is_anonymous or case.secrecy != "normal" or case.petitioner is None:
        return ""
    return str(case.petitioner)


def _minute(moment: datetime | None) -> str:
    return stamp(moment) if moment else ""


def _printable(text: str) -> str:
    """For a printed head: ``&`` begins a code there."""
    return text.replace("&", "&&").replace("\n", " ")[:PRINTED]
