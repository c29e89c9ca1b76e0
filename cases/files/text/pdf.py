"""Text of a PDF, page by page. Pictures of writing (scans) have none. Knows no Django."""

import re
from collections.abc import Iterator
from typing import IO

from pypdf import PdfReader

from cases.files.text.said import Locked

_HAN = "\u3400-\u9fff\uff0c\u3002\u3001\uff1b\uff1a"
_WRAP = re.compile(rf"(?<=[{_HAN}])[ \t]*\n[ \t]*(?=[{_HAN}])")


def pages(file: IO[bytes]) -> Iterator[str]:
    """Yield the text of each page; a line that ends inside a Chinese sentence goes on."""
    reader = PdfReader(file, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):  # many are locked against changes only
        raise Locked
    for page in reader.pages:
        yield _WRAP.sub("", page.extract_text()) + "\n"
