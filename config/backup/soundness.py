"""Is this backup good? Complete, unchanged, known to this version, and opened by these keys.

Asked before anything is written, and by ``manage.py restore --check``.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from config.backup import BackupError, files, manifest, secret_keys
from config.backup.making import Told
from config.backup.manifest import FILES, KEYS, MEDIA, Manifest, digest
from config.backup.migrations import known_here


@dataclass(frozen=True)
class CheckedBackup:
    """A backup that was checked, with its opened keys and the digests of its files."""

    folder: Path
    manifest: Manifest
    keys: dict[str, str]
    digests: dict[str, str]

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.folder / str(self.manifest.database["file"])

    @property
    def is_older(self) -> bool:
        """Whether this version of the product has migrations the backup has not."""
        return bool(known_here() - set(self.manifest.schema))


def locked_keys(folder: Path) -> Path:
    """Where the keys of a backup lie when nothing else is said."""
    return folder / KEYS


def check(folder: Path, keys: dict[str, str], told: Told) -> CheckedBackup:
    """Read a backup and compare all of it with its manifest; raises ``BackupError`` at the first fault."""
    found = manifest.read(folder)
    _require_known(folder, found)
    _require_fitting(found, keys)
    if not found.is_sealed_by(secret_keys.each(keys, "CHAIN_KEY")):
        raise _changed(folder / manifest.FILE)
    path = folder / Path(str(found.database["file"])).name
    if not path.is_file():
        raise BackupError(_("The backup is not complete: %(path)s is missing.") % {"path": path})
    told("check", 0, 1 + found.files["count"])
    if digest(path) != found.database["sha256"]:
        raise _changed(path)
    return CheckedBackup(folder, found, keys, _checked_files(folder, found, told))


def _require_known(folder: Path, found: Manifest) -> None:
    strange = set(found.schema) - known_here()
    if strange or _parts(found.version) > _parts(settings.VERSION):
        raise BackupError(
            _(
                "%(folder)s was made by version %(theirs)s of the product, this is %(ours)s and does not "
                "know %(what)s. Install that version or a newer one, then restore. Nothing was changed."
            )
            % {
                "folder": folder,
                "theirs": found.version,
                "ours": settings.VERSION,
                "what": ", ".join(sorted(strange)[:3]) or found.version,
            }
        )


def _parts(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def _require_fitting(found: Manifest, keys: dict[str, str]) -> None:
    ours = secret_keys.prints(keys)
    other = {
        name
        for name, theirs in found.keys["prints"].items()
        if not set(theirs) <= set(ours.get(name, []))
    }
    if other:
        raise BackupError(
            _(
                "These are other keys than those of the backup (%(names)s): names and telephone numbers "
                "could not be read. Take the keys that were kept with this backup. Nothing was changed."
            )
            % {"names": ", ".join(sorted(other))}
        )


def _changed(path: Path) -> BackupError:
    return BackupError(
        _(
            "%(path)s is not as it was written: the backup is damaged or was changed. Take another one."
        )
        % {"path": path}
    )


def _checked_files(folder: Path, found: Manifest, told: Told) -> dict[str, str]:
    path = folder / FILES
    if not path.is_file() or digest(path) != found.files["sha256"]:
        raise _changed(path)
    digests = files.read_list(path)
    for done, (name, kept) in enumerate(digests.items(), 1):
        one = folder / MEDIA / name
        if not one.is_file():
            raise BackupError(_("The backup is not complete: %(path)s is missing.") % {"path": one})
        if digest(one) != kept:
            raise _changed(one)
        told("check", 1 + done, 1 + len(digests))
    return digests
