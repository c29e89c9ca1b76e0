"""Files and the rows that name them: both are kept, or neither (ADR 0014).

A file is written beside its place under ``.pending/``, forced to the disk, and linked to its name when it is
whole. Inside ``together()`` the entry in ``.pending/`` stays until the row is committed, so whatever happens
in between (an error, a full disk, ``kill -9``) leaves an entry that names the file: an error removes both at
once, and ``clear_pending`` looks up what nobody removed. An entry costs no space: it is the same file.
"""

import contextlib
import os
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

import structlog
from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models, transaction
from django.utils._os import safe_makedirs

from cases.machine.outage import Outage, outage_of

PENDING = ".pending"
LEFT = timedelta(hours=1)  # no request and no export takes so long
log = structlog.get_logger("files")
_open = threading.local()


class WholeFiles(FileSystemStorage):
    """Django's storage in a folder; a file appears under its name whole, on the disk, or not at all."""

    @property
    def pending(self) -> Path:
        """Where files are written; made when first needed."""
        return Path(self.location) / PENDING

    def _save(self, name: str, content: "File[bytes] | File[str]") -> str:
        while True:
            path, entry = Path(self.path(name)), self.pending / quote(name, safe="")
            mode = self.directory_permissions_mode
            safe_makedirs(path.parent, 0o777 if mode is None else mode, exist_ok=True)
            entry.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                self._write(entry, content)
                try:
                    os.link(entry, path)
                except BaseException:
                    entry.unlink()
                    raise
            except FileExistsError:
                name = self.get_available_name(name)
                continue
            break
        _force(path.parent)
        block = getattr(_open, "block", None)
        if block is None:  # nobody says that a row belongs to it
            entry.unlink()
        else:
            block.append((entry, path))
        return name.replace("\\", "/")

    def _write(self, entry: Path, content: "File[bytes] | File[str]") -> None:
        raw = os.open(entry, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(raw, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk.encode() if isinstance(chunk, str) else chunk)
                file.flush()
                os.fsync(raw)
            if self.file_permissions_mode is not None:
                entry.chmod(self.file_permissions_mode)
        except BaseException:
            entry.unlink()
            raise

    def retire(self, name: str) -> None:
        """Remove a file once the transaction that deletes its row is committed, and not before."""
        path, entry = Path(self.path(name)), self.pending / quote(name, safe="")
        with contextlib.suppress(OSError):  # gone, or no room: removing must work on a full disk
            self.pending.mkdir(mode=0o700, exist_ok=True)
            os.link(path, entry)

        def remove() -> None:
            path.unlink(missing_ok=True)
            entry.unlink(missing_ok=True)

        transaction.on_commit(remove)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Give a name that is free, also of a file that is just being written."""
        found = super().get_available_name(name, max_length)
        ending = PurePosixPath(found).suffix
        while (self.pending / quote(found, safe="")).exists():
            found = super().get_available_name(
                self.get_alternative_name(found[: -len(ending) or None], ending), max_length
            )
        return found


def _force(folder: Path) -> None:
    """Let the disk know the names in a folder."""
    raw = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(raw)
    finally:
        os.close(raw)


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Files stored and rows written in the block belong together; an error removes the files again.

    Only when the database went away it is unknown whether the row was committed: then the files stay, and
    ``clear_pending`` looks later.
    """
    outer, _open.block = getattr(_open, "block", None), []
    try:
        yield
    except BaseException as error:
        if outage_of(error) is not Outage.AWAY:
            for entry, path in _open.block:
                path.unlink(missing_ok=True)
                entry.unlink(missing_ok=True)
        raise
    else:
        for entry, _path in _open.block:
            transaction.on_commit(partial(entry.unlink, missing_ok=True))
    finally:
        _open.block = outer


def clear_pending(at: datetime) -> int:
    """Look at files whose row was still to come an hour ago: remove those that no row names.

    Returns how many were removed. Safe to run twice and beside anything.
    """
    if not isinstance(default_storage, WholeFiles) or not default_storage.pending.is_dir():
        return 0
    removed = 0
    for entry in sorted(default_storage.pending.iterdir()):
        written = datetime.fromtimestamp(entry.lstat().st_ctime, tz=at.tzinfo)
        if at - written < LEFT:
            continue
        name = unquote(entry.name)
        if not _is_named(name):
            default_storage.delete(name)
            log.info("file without a row removed", file=name)
            removed += 1
        entry.unlink(missing_ok=True)
    return removed


def _is_named(name: str) -> bool:
    return any(
        model._base_manager.filter(**{field.name: name}).exists()  # noqa: SLF001 - hides no row
        for model in apps.get_models()
        for field in model._meta.get_fields()  # noqa: SLF001 - Django documents it
        if isinstance(field, models.FileField)
    )
