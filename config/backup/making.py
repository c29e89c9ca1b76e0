"""Make one backup: database first, as of one moment, then the files, which its rows then surely name.

Files are written before the row that names them is committed and removed after it, so whatever the moment
of the database names is there; a file removed while the backup is made is told in its manifest.
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from config.backup import (
    BackupError,
    files,
    inventory,
    keeping,
    postgres,
    secret_keys,
    space,
    sqlite,
)
from config.backup.manifest import FILE, FILES, KEYS, MEDIA, DatabaseTold, Head, Manifest, digest
from config.backup.sealing import Lock

Told = Callable[[str, int, int], None]  # which part, how much is done, of how much (0: unknown)


@dataclass(frozen=True)
class Made:
    """A finished backup. ``new``: bytes of files that were copied; ``removed``: earlier ones that went."""

    folder: Path
    manifest: Manifest
    keys: Path
    new: int
    removed: int
    seconds: float


@dataclass(frozen=True)
class Wish:
    """Where to, how the keys are locked, and what stays. ``whole``: link nothing to the backup before."""

    folder: Path
    lock: Lock
    keep: int
    keep_days: int
    keys_folder: Path | None = None
    whole: bool = False


@dataclass(frozen=True)
class Content:
    """What is in the database: migrations, rows of each table, heads, and the files that rows name."""

    schema: list[str]
    tables: dict[str, int]
    heads: dict[str, Head]
    named: set[str]


def make(wish: Wish, *, at: datetime, told: Told) -> Made:
    """Make a backup of the running office; raises ``BackupError``, and then nothing new is left."""
    begun = time.monotonic()
    _prepare(wish)
    with keeping.alone(wish.folder), space.watched(wish.folder):
        keeping.clear_unfinished(wish.folder)
        keys = secret_keys.in_use(settings.DATA_DIR)
        chain_keys = secret_keys.each(keys, "CHAIN_KEY")
        there = keeping.kept(wish.folder, chain_keys)
        before = there[0].folder if there and not wish.whole else None
        media = Path(settings.MEDIA_ROOT)
        space.require(wish.folder, _database_size() + files.plan(media, before).to_copy)
        final = _free_name(wish.folder, at)
        with _unfinished(final) as partial, ExitStack() as undo:
            database, content = _take_database(partial, told)
            # Keys may be changed beside a backup: what the snapshot was written with, and all since.
            keys = secret_keys.both(keys, secret_keys.in_use(settings.DATA_DIR))
            kept_keys = _keys_place(wish, partial, final.name)
            _write(kept_keys, wish.lock(json.dumps(keys, indent=1).encode()))
            undo.callback(kept_keys.unlink, missing_ok=True)
            (partial / MEDIA).mkdir(mode=0o700)
            # Looked at again: rows of the snapshot name files that were not there before.
            found = files.plan(media, before)
            taken = files.take(media, found, partial / MEDIA, lambda *n: told("files", *n))
            manifest = _manifest(partial, at, database, content, taken, keys, kept_keys)
            chain_key = secret_keys.each(keys, "CHAIN_KEY")[0]
            _write(partial / FILE, manifest.as_text(chain_key).encode())
            _settle(partial, final)
            undo.pop_all()
        mine = keeping.kept(wish.folder, secret_keys.each(keys, "CHAIN_KEY"))
        going = keeping.to_remove(mine, wish.keep, wish.keep_days)
        removed = keeping.remove(going)
        for one in going:
            _keys_place(wish, one.folder, one.folder.name).unlink(missing_ok=True)
    place = _keys_place(wish, final, final.name)
    return Made(final, manifest, place, taken.new, removed, time.monotonic() - begun)


def _prepare(wish: Wish) -> None:
    media = Path(settings.MEDIA_ROOT).resolve()
    if wish.folder.resolve() == media or media in wish.folder.resolve().parents:
        raise BackupError(
            _(
                "%(folder)s is inside the uploaded files: a backup would contain itself. Choose another."
            )
            % {"folder": wish.folder}
        )
    for folder in filter(None, (wish.folder, wish.keys_folder)):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            (folder / ".hotline-backup.lock").touch(mode=0o600)
        except OSError as error:
            raise BackupError(
                _("%(folder)s cannot be written to: %(why)s. Mount it, or choose another folder.")
                % {"folder": folder, "why": error.strerror}
            ) from error


def _free_name(folder: Path, at: datetime) -> Path:
    final = folder / keeping.name_at(at)
    if final.exists():
        raise BackupError(_("A backup of this very second exists already. Try again."))
    return final


@contextmanager
def _unfinished(final: Path) -> Iterator[Path]:
    """A folder that does not look like a backup, and is gone when something goes wrong."""
    partial = final.with_name(final.name + keeping.PARTIAL)
    partial.mkdir(mode=0o700)
    try:
        yield partial
    except BaseException:
        with suppress(FileNotFoundError):  # it has its name already: only clearing away went wrong
            shutil.rmtree(partial)
        raise


def _keys_place(wish: Wish, folder: Path, name: str) -> Path:
    """Where the locked keys of the backup ``name`` are: in its folder, or apart."""
    return wish.keys_folder / f"{name}.{KEYS}" if wish.keys_folder else folder / KEYS


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(partial: Path, final: Path) -> None:
    """Give the finished folder its name, and have the disk know it."""
    for folder in (partial, final.parent):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
            if folder is partial:
                partial.rename(final)
        finally:
            os.close(descriptor)


def _database_size() -> int:
    if connection.vendor == "sqlite":
        return sqlite.size(Path(connection.settings_dict["NAME"]))
    with postgres.connected(connection.settings_dict) as live:
        return postgres.size(live)


def _take_database(folder: Path, told: Told) -> tuple[DatabaseTold, Content]:
    """Put the database into the folder; give what the manifest says of the file and of its content."""
    if connection.vendor == "sqlite":
        path = folder / sqlite.FILE
        sqlite.copy(Path(connection.settings_dict["NAME"]), path, lambda *n: told("database", *n))
        with sqlite.asking(path) as ask:
            content = _content("sqlite", ask)
        server = ""
    else:
        path = folder / postgres.FILE
        with (
            postgres.connected(connection.settings_dict) as live,
            postgres.snapshot(live) as (name, ask),
        ):
            least = postgres.version(live)
            postgres.dump(
                connection.settings_dict, name, path, least, lambda n: told("database", n, 0)
            )
            content = _content("postgresql", ask)
        server = str(least)
    path.chmod(0o600)
    database = DatabaseTold(
        kind=connection.vendor,
        file=path.name,
        server=server,
        bytes=path.stat().st_size,
        sha256=digest(path),
    )
    return database, content


def _content(kind: str, ask: inventory.Ask) -> Content:
    return Content(
        schema=inventory.schema(ask),
        tables=inventory.rows(kind, ask),
        heads=inventory.heads(ask),
        named=inventory.named_files(kind, ask),
    )


def _manifest(
    folder: Path,
    at: datetime,
    database: DatabaseTold,
    content: Content,
    taken: files.Taken,
    keys: dict[str, str],
    kept_keys: Path,
) -> Manifest:
    files.write_list(folder / FILES, taken.digests)
    (folder / FILES).chmod(0o600)
    return Manifest(
        version=settings.VERSION,
        office=settings.OFFICE_REGION,
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        made_at_office=timezone.localtime(at).isoformat(timespec="seconds"),
        database=database,
        files={
            "count": len(taken.digests),
            "bytes": taken.size,
            "sha256": digest(folder / FILES),
        },
        missing=sorted(content.named - set(taken.digests)),
        keys={"sha256": digest(kept_keys), "prints": secret_keys.prints(keys)},
        schema=content.schema,
        tables=content.tables,
        heads=content.heads,
    )
