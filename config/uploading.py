"""Uploads that find no room: the rest of the form is read all the same, so that what was typed is kept.

Django ends the whole reading at the first failed write, and with it every text field. Here the failed file is
read past and handed on as one whose content raises the error when somebody wants it: 507 then, with the form.
"""

import contextlib
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from cases.machine.outage import outage_of

P = ParamSpec("P")
T = TypeVar("T")


class LostUpload(UploadedFile):
    """A file for which there was no room; raises whenever its content is asked for."""

    def __init__(
        self,
        error: OSError,
        name: str | None,
        content_type: str | None,
        size: int | None,
        charset: str | None,
        extra: dict[str, bytes] | None,
    ) -> None:
        self.error = error
        super().__init__(None, name, content_type, size, charset, extra)

    def read(self, *_size: object) -> bytes:
        """Say that there is no content."""
        raise self.error

    chunks = multiple_chunks = open = __iter__ = read  # type: ignore[assignment]  # however it is asked for

    def seek(self, *_place: object) -> int:
        """There is nothing to go back to."""
        return 0

    def close(self) -> None:
        """Nothing is open."""


class UploadHandler(TemporaryFileUploadHandler):
    """Django's handler of larger files, on a disk that may be full."""

    lost: OSError | None = None

    def new_file(
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        """Begin a file."""
        self.lost = None
        self.__dict__.pop("file", None)  # of the file before
        self._tried(
            super().new_file,
            field_name,
            file_name,
            content_type,
            content_length,
            charset,
            content_type_extra,
        )

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

    def _tried(self, act: Callable[P, T], *args: P.args, **words: P.kwargs) -> T | None:
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
