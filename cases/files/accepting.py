"""What may be attached to a case: told by the content of a file, never by its name.

Pictures are decoded and written anew, so that places and devices (EXIF) and anything hidden behind
them are gone. Documents are only looked at: kind, parts, and how large they would unpack.
"""

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from cases.errors import Refused
from cases.files.pdf_names import has_commands

MAX_FILES = 6
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 30_000_000  # a good camera takes fewer; a bomb claims thousands of times more
DRAFT = (3000, 3000)
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 2000
NAME_LENGTH = 100
PICTURES = {
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "WEBP": ("image/webp", "webp"),
}
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENTS = {
    "word/document.xml": (OFFICE + "wordprocessingml.document", "docx"),
    "xl/workbook.xml": (OFFICE + "spreadsheetml.sheet", "xlsx"),
}
OFFERED = ",".join(  # what a browser lets one choose
    [media for media, _suffix in PICTURES.values()]
    + [".pdf"]
    + [f".{suffix}" for _media, suffix in DOCUMENTS.values()]
)


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be stored: its clean name, what it is, its bytes and their SHA-256."""

    name: str
    media_type: str
    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        """Length in bytes, after rewriting."""
        return len(self.content)


def accept_file(upload: "File[bytes]") -> CheckedFile:
    """Check an uploaded file (``name``, ``size``, ``read()``); raises ``Refused`` with a sentence."""
    name = clean_name(upload.name or "")
    if not upload.size:
        raise Refused(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if upload.size > MAX_BYTES:
        raise Refused(_("“%(name)s” is larger than 10 MB. Choose a smaller one.") % {"name": name})
    content = upload.read(MAX_BYTES + 1)
    media_type, ending, content = _look(content)(content, name)
    stem = PurePosixPath(name).stem or "file"
    digest = hashlib.sha256(content).hexdigest()
    return CheckedFile(f"{stem}.{ending}", media_type, content, digest)


def clean_name(raw: str) -> str:
    """The last part of a file name without control characters or marks of direction."""
    text = unicodedata.normalize("NFC", raw or "").replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(char for char in text if unicodedata.category(char)[0] != "C").strip(" .")
    stem, dot, ending = text.rpartition(".")
    if not dot:
        stem, ending = text, ""
    ending = re.sub(r"[^A-Za-z0-9]", "", ending)[:8]
    return f"{stem[:NAME_LENGTH]}.{ending}" if ending else stem[:NAME_LENGTH] or "file"


Checked = tuple[str, str, bytes]


def _look(content: bytes) -> Callable[[bytes, str], Checked]:
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    ):
        return _picture
    if content.startswith(b"%PDF-"):
        return _pdf
    if content.startswith(b"PK\x03\x04"):
        return _office
    return _other


def _other(_content: bytes, name: str) -> Checked:
    raise Refused(
        _("“%(name)s” is not a picture, PDF, Word or Excel file. Choose another file.")
        % {"name": name}
    )


def _broken(name: str) -> Refused:
    return Refused(_("“%(name)s” cannot be read. Choose another file.") % {"name": name})


def _picture(content: bytes, name: str) -> Checked:
    try:
        with Image.open(io.BytesIO(content), formats=list(PICTURES)) as image:
            # MPO: a telephone's JPEG with a second picture behind the first
            kind = "JPEG" if image.format == "MPO" else image.format or ""
            image.draft("RGB", DRAFT)  # a huge JPEG is decoded at half or a quarter of its size
            if image.width * image.height > MAX_PIXELS:
                raise _too_many_pixels(name)
            ImageOps.exif_transpose(image, in_place=True)
            return *PICTURES[kind], _rewritten(image, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _broken(name) from error


def _too_many_pixels(name: str) -> Refused:
    return Refused(_("“%(name)s” has too many pixels. Send a smaller picture.") % {"name": name})


def _rewritten(image: Image.Image, kind: str) -> bytes:
    """The pixels alone: no EXIF, comments, colour profile, further frames or trailing bytes."""
    mode = "RGBA" if kind != "JPEG" and "A" in image.getbands() else "RGB"
    bare = image.convert(mode)
    bare.info = {}
    out = io.BytesIO()
    bare.save(out, kind, **({} if kind == "PNG" else {"quality": 88}))
    return out.getvalue()


def _pdf(content: bytes, name: str) -> Checked:
    if b"%%EOF" not in content[-2048:]:
        raise _broken(name)
    if has_commands(content):
        raise Refused(
            _("“%(name)s” contains commands or other files. Print it to a plain PDF first.")
            % {"name": name}
        )
    return "application/pdf", "pdf", content


def _office(content: bytes, name: str) -> Checked:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _broken(name) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused(_("“%(name)s” unpacks to too much. Send a PDF instead.") % {"name": name})
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(_("“%(name)s” is locked by a password. Send it without.") % {"name": name})
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise Refused(_("“%(name)s” contains macros. Save it without macros.") % {"name": name})
    for part, (media_type, ending) in DOCUMENTS.items():
        if part in names and "[Content_Types].xml" in names:
            return media_type, ending, content
    return _other(content, name)
