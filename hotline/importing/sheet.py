"""Read a spreadsheet of letters with replies, row by row; say of each bad row what is wrong with it.

Columns by their headings: 留言编号 number, 留言主题 title, 留言时间 received, 留言详情 text, 答复意见 reply,
答复时间 replied. Nothing is guessed: a missing or unreadable time, a repeated number, or a reply before
its letter makes the row an error, and the other rows are still checked.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cases.lifecycle.registering import CONTENT_LENGTH

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")
COLUMNS = {
    "number": "留言编号",
    "title": "留言主题",
    "received": "留言时间",
    "text": "留言详情",
    "reply": "答复意见",
    "replied": "答复时间",
}
FORMATS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
)
_ESCAPES = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class SheetError(Exception):
    """The file as a whole cannot be read; the message says why."""


@dataclass(frozen=True)
class Letter:
    """One good row; times are aware, in the office's zone. ``row`` as the spreadsheet counts."""

    row: int
    number: str
    title: str
    text: str
    received: datetime
    reply: str
    replied: datetime


@dataclass(frozen=True)
class BadRow:
    """A row that was left out, and why."""

    row: int
    number: str
    reason: str


@dataclass(frozen=True)
class SheetRow:
    """A row as it was read: its number as the spreadsheet counts, and its cells by column."""

    row: int
    cells: dict[str, object]


def letter_rows(path: Path) -> list[SheetRow]:
    """All rows that are not empty.

    Raises ``SheetError`` for a file that is no workbook or lacks a column.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError as error:
        raise SheetError(_("There is no file %(path)s.") % {"path": path}) from error
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise SheetError(
            _("%(path)s is not an Excel workbook (.xlsx).") % {"path": path}
        ) from error
    try:
        lines = book.worksheets[0].iter_rows(values_only=True)
        heads = [str(cell or "").strip() for cell in next(lines, ())]
        missing = [head for head in COLUMNS.values() if head not in heads]
        if missing:
            raise SheetError(
                _("These columns are missing: %(names)s.") % {"names": "、".join(missing)}
            )
        places = {name: heads.index(head) for name, head in COLUMNS.items()}
        return [
            SheetRow(
                count,
                {name: line[at] if at < len(line) else None for name, at in places.items()},
            )
            for count, line in enumerate(lines, start=2)
            if any(cell not in (None, "") for cell in line)
        ]
    finally:
        book.close()


def check_letters(rows: list[SheetRow], now: datetime) -> Iterator[Letter | BadRow]:
    """Judge every row by itself and against the numbers before it."""
    seen: dict[str, int] = {}
    for row in rows:
        number = clean(row.cells["number"])
        try:
            if not number:
                raise ValueError(_("the letter has no number"))
            if number in seen:
                raise ValueError(_("the number repeats row %(row)d") % {"row": seen[number]})
            seen[number] = row.row
            yield _letter(row, number, now)
        except ValueError as error:
            yield BadRow(row.row, number, str(error))


def _letter(row: SheetRow, number: str, now: datetime) -> Letter:
    received = moment(row.cells["received"], COLUMNS["received"])
    replied = moment(row.cells["replied"], COLUMNS["replied"])
    title, text, reply = (clean(row.cells[name]) for name in ("title", "text", "reply"))
    if replied < received:
        raise ValueError(_("the reply is dated before the letter"))
    if replied > now:
        raise ValueError(_("the reply is dated in the future"))
    if not (text or title):
        raise ValueError(_("the letter has neither title nor text"))
    if not reply:
        raise ValueError(_("the reply is empty"))
    if max(len(text), len(reply)) > CONTENT_LENGTH:
        raise ValueError(
            _("the text is longer than %(limit)d characters") % {"limit": CONTENT_LENGTH}
        )
    return Letter(row.row, number, title, text or title, received, reply, replied)


def clean(cell: object) -> str:
    """Text of a cell: Excel's ``_x000D_`` escapes and control characters gone, blank lines folded."""
    text = _ESCAPES.sub(lambda found: chr(int(found[1], 16)), str("" if cell is None else cell))
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def moment(cell: object, heading: str) -> datetime:
    """A cell's time in the office's zone; ``ValueError`` with a sentence when it has none."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=OFFICE_ZONE)
    text = clean(cell)
    if not text:
        raise ValueError(_("%(column)s is empty") % {"column": heading})
    for pattern in FORMATS:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=OFFICE_ZONE)
        except ValueError:
            continue
    raise ValueError(
        _("%(column)s “%(text)s” is not a time") % {"column": heading, "text": text[:40]}
    )
