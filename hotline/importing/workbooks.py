"""What a file is that is no Excel workbook, and what its owner can do about it."""

import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

UNREADABLE = (
    *(InvalidFileException, zipfile.BadZipFile, ParseError, zlib.error, EOFError),
    *(KeyError, IndexError, OSError, SyntaxError, TypeError, ValueError, NotImplementedError),
)
OLD, PACKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")
LOOKED_AT = 4096


def kind_of_file(path: Path) -> str:
    """A sentence on a file that could not be read as a workbook: what it is and what to do."""
    content = path.read_bytes()
    names = {"path": path.name}
    if content.startswith(OLD) and ENCRYPTED in content:
        said = _(
            "%(path)s is locked by a password. Open it in Excel, remove the password and save it."
        )
    elif content.startswith(OLD):
        said = _("%(path)s is an old Excel file (.xls). Open it in Excel and save it as .xlsx.")
    elif content.startswith(PACKED):
        said = _(
            "%(path)s is damaged or no Excel workbook. Open it in Excel and save it again as .xlsx."
        )
    elif content[:LOOKED_AT].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(PAGES):
        said = _("%(path)s is a web page with another name. Open it in Excel and save it as .xlsx.")
    elif content and b"\x00" not in content[:LOOKED_AT]:
        said = _("%(path)s is a text file (CSV). Open it in Excel and save it as .xlsx.")
    else:
        said = _("%(path)s is not an Excel workbook (.xlsx).")
    return said % names
