"""Exports as tests look at them."""

from io import BytesIO

from django.core.files.storage import default_storage
from django.test import Client
from openpyxl import load_workbook

from search.models import ExportRequest

URL = "/desk/exports/"


def browser(user):
    client = Client()
    client.force_login(user, backend="cases.people.signed_in.StaffBackend")
    return client


def fresh(export):
    """The row as it is now: a protected field is never refreshed in place."""
    return ExportRequest.objects.get(pk=export.pk)


def cells(export):
    with default_storage.open(export.file.name) as file:
        book = load_workbook(BytesIO(file.read()))
    sheet = book.worksheets[0]
    return sheet, [[cell.value for cell in row] for row in sheet.iter_rows()]
