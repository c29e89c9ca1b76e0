"""Put an office back from a backup, into an empty place only, and say what is not as it was.

Before anything is written everything is checked: that the backup is complete and unchanged, that this
version of the product knows it, and that the keys are those it was made with. Nothing shows in the place
before all of it is there: files are written into a folder beside and renamed at the end, keys last.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from config.backup import (
    BackupError,
    files,
    inventory,
    postgres,
    secret_keys,
    space,
    sqlite,
)
from config.backup.making import Told
from config.backup.manifest import MEDIA, Manifest
from config.backup.soundness import CheckedBackup
from config.env import ROOT, database
from config.place import Database

BEGUN = "restoring"  # folder of what is not complete yet
TOLERATED = {BEGUN, "lost+found"}  # in an empty place


@dataclass(frozen=True)
class Place:
    """Where an office is put: its folder, and its database when that is on a server."""

    folder: Path
    url: str = ""

    @property
    def settings(self) -> Database:
        """Django's settings of its database."""
        return database(self.folder, self.url)

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return str(self.settings["ENGINE"]).rpartition(".")[2].replace("sqlite3", "sqlite")


def require_empty(source: CheckedBackup, place: Place) -> None:
    """Raise ``BackupError`` unless the place is empty, of the right kind, large enough, and keyless."""
    if place.url and place.kind == "sqlite":
        raise BackupError(
            _("SQLite is restored into the folder itself: leave DATABASE_URL (--database) out.")
        )
    if place.kind != source.manifest.database["kind"]:
        raise BackupError(
            _("A backup of %(theirs)s is restored into %(theirs)s only; the place is %(ours)s.")
            % {"theirs": source.manifest.database["kind"], "ours": place.kind}
        )
    _require_empty_folder(place.folder)
    set_here = {name: os.environ[name] for name in secret_keys.NAMES if os.environ.get(name)}
    other = [name for name, value in set_here.items() if value != source.keys.get(name)]
    if other:
        raise BackupError(
            _("The environment sets other keys than the backup has (%(names)s). Unset them first.")
            % {"names": ", ".join(other)}
        )
    if place.url:
        with postgres.connected(place.settings) as live:
            if not postgres.is_empty(live):
                raise BackupError(
                    _(
                        "The database %(name)s has tables already. Make an empty one. Nothing was changed."
                    )
                    % {"name": place.settings["NAME"]}
                )
    place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.folder.chmod(0o700)
    space.require(
        place.folder, source.manifest.size if not place.url else source.manifest.files["bytes"]
    )


def _require_empty_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BackupError(
            _("%(folder)s is a file. Restore into an empty folder (--into). Nothing was changed.")
            % {"folder": folder}
        )
    if folder.exists() and {path.name for path in folder.iterdir()} - TOLERATED:
        raise BackupError(
            _(
                "%(folder)s is not empty. Restore into an empty folder (--into). Nothing was changed."
            )
            % {"folder": folder}
        )


def put_back(source: CheckedBackup, place: Place, told: Told) -> list[str]:
    """Fill the place, and tell what of the database is not as the manifest says."""
    with space.watched(place.folder), _begun(place.folder) as begun:
        files.put_back(
            source.folder / MEDIA, begun / "media", source.digests, lambda *n: told("files", *n)
        )
        (begun / "media").mkdir(exist_ok=True, mode=0o700)
        path = begun / "hotline.sqlite3"
        if place.url:
            path = Path()
            least = int(source.manifest.database["server"])
            with postgres.connected(place.settings) as live:
                least = max(least, postgres.version(live))
            postgres.load(place.settings, source.database, least, lambda: told("database", 0, 0))
        else:
            shutil.copyfile(source.database, path)
            path.chmod(0o600)
        faults = list(_differences(source.manifest, place, path))
        _write_keys(begun / secret_keys.FILE, source.keys)
        for name in (
            "media",
            "hotline.sqlite3",
            secret_keys.FILE,
        ):  # keys last: without them nothing starts
            if (begun / name).exists():
                (begun / name).rename(place.folder / name)
    return faults


@contextmanager
def _begun(folder: Path) -> Iterator[Path]:
    """The folder of what is not complete; gone at the end, whatever the end is."""
    begun = folder / BEGUN
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir(mode=0o700)
    try:
        yield begun
    finally:
        shutil.rmtree(begun)


def _write_keys(path: Path, keys: dict[str, str]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(keys, file)


def _differences(told: Manifest, place: Place, path: Path) -> Iterator[str]:
    if place.url:
        with postgres.connected(place.settings) as live:
            yield from _compared("postgresql", postgres.asking(live), told)
    else:
        with sqlite.asking(path) as ask:
            yield from _compared("sqlite", ask, told)


def _compared(kind: str, ask: inventory.Ask, told: Manifest) -> Iterator[str]:
    found = inventory.rows(kind, ask)
    for name in sorted(set(found) | set(told.tables)):
        if found.get(name) != told.tables.get(name):
            yield _("table %(name)s: %(n)s rows, %(of)s in the backup") % {
                "name": name,
                "n": found.get(name, "-"),
                "of": told.tables.get(name, "-"),
            }
    if inventory.schema(ask) != told.schema:
        yield _("the migrations are not those of the backup")
    for name, head in inventory.heads(ask).items():
        if head != told.heads.get(name):
            yield _("the heads of the record “%(name)s” are not those of the backup") % {
                "name": name
            }


def verify(source: CheckedBackup, place: Place) -> bool:
    """Have the restored office look at itself in a process of its own; ``True`` when all is well."""
    environment = {
        **os.environ,
        "DATA_DIR": str(place.folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    environment.pop("DATABASE_URL", None)
    if place.url:
        environment["DATABASE_URL"] = place.url
    words = [["migrate", "--noinput", "--verbosity", "0"]] if source.is_older else []
    for one in [*words, ["verify_office"]]:
        command = [sys.executable, "manage.py", *one]
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:  # noqa: S603
            return False
    return True
