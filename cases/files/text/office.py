"""Text of Word and Excel files, read piece by piece; XML with entities is refused. Knows no Django."""

import zipfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook

from cases.files.text.said import TooLarge

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_UNPACKED = 60 * 2**20
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BETWEEN = {f"{WORDS}tab": "\t", f"{WORDS}br": "\n", f"{WORDS}cr": "\n", f"{WORDS}p": "\n"}
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def _checked(file: IO[bytes]) -> zipfile.ZipFile:
    """The archive, whose parts unpack to what can be handled; it reads no part beyond its told size."""
    archive = zipfile.ZipFile(file)
    if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
        raise TooLarge("unpacks")
    return archive


def word(file: IO[bytes]) -> Iterator[str]:
    """Yield the text of a .docx: paragraphs and tables, then notes."""
    with _checked(file) as archive:
        for name in PARTS:
            if name in archive.namelist():
                with archive.open(name) as part:
                    yield from _runs(part)


def _runs(part: IO[bytes]) -> Iterator[str]:
    path: list[Element] = []
    for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            continue
        path.pop()
        if element.tag == f"{WORDS}t":
            yield element.text or ""
        elif element.tag in BETWEEN:
            yield BETWEEN[element.tag]
        if path:
            path[-1].remove(element)  # what was read is dropped: a long file needs no more memory


def sheets(file: IO[bytes]) -> Iterator[str]:
    """Yield the cells of an .xlsx, row by row, with the names of its sheets."""
    _checked(file)
    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        yield f"{sheet.title}\n"
        sheet.reset_dimensions()  # what the file claims its size to be is nothing to go by
        for row in sheet.iter_rows(values_only=True):
            yield "\t".join(str(cell) for cell in row if cell is not None) + "\n"
