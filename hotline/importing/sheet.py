"""Read a spreadsheet of letters with replies, row by row; say of each bad row what is wrong with it.

Columns by their headings: 留言编号 number, 留言主题 title, 留言时间 received, 留言详情 text, 答复意见 reply,
答复时间 replied. Nothing is guessed: a missing or unreadable time, a repeated number, or a reply before
its letter makes the row an error, and the other rows are still checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from cases.lifecycle.registering import CONTENT_LENGTH, TITLE_LENGTH
from cases.privacy.unseen import without_unseen
from hotline.importing.workbooks import UNREADABLE, kind_of_file

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
HEAD_ROWS = 20  # among which the headings are looked for: titles may stand above
Line = tuple[object, ...]
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

    The content tells what the file is, not its name; the size that a sheet says of itself is not trusted.
    Raises ``SheetError`` for a file that is no workbook, cannot be read to its end or lacks a column.
    """
    try:
        with path.open("rb") as file:
            return _rows(file)
    except FileNotFoundError as error:
        raise SheetError(_("There is no file %(path)s.") % {"path": path}) from error
    except UNREADABLE as error:
        raise SheetError(kind_of_file(path)) from error


def _rows(file: BinaryIO) -> list[SheetRow]:
    book = load_workbook(file, read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        lines = enumerate(sheet.iter_rows(values_only=True), start=1)
        places = _places(sheet.title, lines)
        return [
            SheetRow(
                count,
                {name: line[at] if at < len(line) else None for name, at in places.items()},
            )
            for count, line in lines
            if any(cell not in (None, "") for cell in line)
        ]
    finally:
        book.close()


def _places(sheet: str, lines: Iterator[tuple[int, Line]]) -> dict[str, int]:
    """Where each column stands; the headings are the first row that has them all."""
    best: tuple[int, list[str]] = (1, list(COLUMNS.values()))
    for count, line in islice(lines, HEAD_ROWS):
        heads = [_heading(cell) for cell in line]
        missing = [head for head in COLUMNS.values() if head not in heads]
        if not missing:
            return {name: heads.index(head) for name, head in COLUMNS.items()}
        if len(missing) < len(best[1]):
            best = count, missing
    said = _("Sheet “%(sheet)s”, row %(row)d: these columns are missing: %(names)s.")
    raise SheetError(said % {"sheet": sheet, "row": best[0], "names": "、".join(best[1])})


def _heading(cell: object) -> str:
    return "".join(without_unseen(str(cell or "")).split())


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
    if "\ufffd" in title + text + reply:
        raise ValueError(_("some characters cannot be read"))
    if len(title) > TITLE_LENGTH:
        raise ValueError(
            _("the title is longer than %(limit)d characters") % {"limit": TITLE_LENGTH}
        )
    if max(len(text), len(reply)) > CONTENT_LENGTH:
        raise ValueError(
            _("the text is longer than %(limit)d characters") % {"limit": CONTENT_LENGTH}
        )
    return Letter(row.row, number, title, text or title, received, reply, replied)


def clean(cell: object) -> str:
    """Text of a cell: Excel's escapes decoded, control and unseen characters gone, blank lines folded."""
    text = _ESCAPES.sub(lambda found: chr(int(found[1], 16)), str("" if cell is None else cell))
    # two escapes may be the halves of one character; a half alone is the mark of what is unreadable
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = without_unseen(text)
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
