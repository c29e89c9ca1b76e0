"""Uploads that find no room: the rest of the form is read all the same, so that what was typed is kept.

Django ends the whole reading at the first failed write, and with it every text field. Here the failed file is
read past and handed on as one whose content raises the error when somebody wants it: 507 then, with the form.
"""

import contextlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from cases.machine.outage import outage_of


class LostUpload(UploadedFile):
    """A file for which there was no room; raises whenever its content is asked for."""

    def __init__(self, error: OSError, *facts: Any) -> None:
        self.error = error
        super().__init__(None, *facts)

    def read(self, *_size: Any) -> bytes:
        """Say that there is no content."""
        raise self.error

    chunks = multiple_chunks = open = __iter__ = read  # type: ignore[assignment]

    def seek(self, *_place: Any) -> int:
        """There is nothing to go back to."""
        return 0

    def close(self) -> None:
        """Nothing is open."""


class UploadHandler(TemporaryFileUploadHandler):
    """Django's handler of larger files, on a disk that may be full."""

    lost: OSError | None = None

    def new_file(self, *args: Any, **words: Any) -> None:
        """Begin a file."""
        self.lost = None
        self.__dict__.pop("file", None)  # of the file before
        self._tried(super().new_file, *args, **words)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a part of it, if there is room."""
        if self.lost is None:
            self._tried(super().receive_data_chunk, raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Hand it on, or the place where it would be."""
        found = None
        if self.lost is None:
            found = self._tried(super().file_complete, file_size)
        if self.lost is None:
            return found
        facts = (self.file_name, self.content_type, file_size, self.charset)
        return LostUpload(self.lost, *facts, self.content_type_extra)

    def _tried(self, act: Any, *args: Any, **words: Any) -> Any:
        try:
            return act(*args, **words)
        except OSError as error:
            if not outage_of(error):
                raise
            self.lost = error
            if hasattr(self, "file"):
                with contextlib.suppress(OSError):  # it would write what is left
                    self.file.close()
            return None
