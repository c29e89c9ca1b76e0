"""Tables as Excel files: written row by row, with no cell that a spreadsheet would execute."""

from collections.abc import Iterable
from tempfile import TemporaryFile

from django.http import FileResponse
from openpyxl import Workbook

from cases.pages.spreadsheet import harmless

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(name: str, rows: Iterable[list[object]]) -> FileResponse:
    """The table as a download; the first row is the head. The file is made on disk, not in memory."""
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.freeze_panes = "A2"
    for row in rows:
        page.append([harmless(value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPE)
