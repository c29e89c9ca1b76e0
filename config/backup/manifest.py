"""What a backup says of itself, sealed with the chain key so that a changed one is found."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

from django.utils.translation import gettext as _

from cases.events.chain import canonical
from config.backup import BackupError

FORMAT = 1
FILE, FILES, MEDIA, KEYS = "manifest.json", "files.sha256", "media", "keys.sealed"
PURPOSE = b"hotline: manifest of a backup"


class DatabaseTold(TypedDict):
    """The database's file; ``server`` is its major version, empty for SQLite."""

    kind: str
    file: str
    server: str
    bytes: int
    sha256: str


class FilesTold(TypedDict):
    """The uploaded files; the digest is that of their list."""

    count: int
    bytes: int
    sha256: str


class KeysTold(TypedDict):
    """The locked keys, and the fingerprints of each."""

    sha256: str
    prints: dict[str, list[str]]


class Head(TypedDict):
    """The heads of the chains of one record."""

    count: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Everything that can be compared after a restore. Times are ISO 8601; digests SHA-256 in hex.

    ``schema``: migrations applied. ``tables``: rows of each. ``heads``: of each record. ``missing``: files
    that rows name and that were gone.
    """

    version: str
    office: str
    made_at: str
    made_at_office: str
    database: DatabaseTold
    schema: list[str]
    tables: dict[str, int]
    heads: dict[str, Head]
    files: FilesTold
    missing: list[str]
    keys: KeysTold
    format: int = FORMAT
    seal: str = field(default="", compare=False)

    @property
    def made(self) -> datetime:
        """When the snapshot was taken, in UTC."""
        return datetime.fromisoformat(self.made_at).astimezone(UTC)

    @property
    def size(self) -> int:
        """Bytes of database and files together."""
        return int(self.database["bytes"]) + int(self.files["bytes"])

    def sealed(self, chain_key: str) -> str:
        """Return the seal this manifest must bear."""
        key = hmac.new(chain_key.encode(), PURPOSE, hashlib.sha256).digest()
        facts = asdict(self)
        facts.pop("seal")
        return hmac.new(key, canonical(facts), hashlib.sha256).hexdigest()

    def is_sealed_by(self, chain_keys: Iterable[str]) -> bool:
        """Whether it is unchanged since an office with one of these keys wrote it."""
        return any(hmac.compare_digest(self.seal, self.sealed(key)) for key in chain_keys)

    def as_text(self, chain_key: str) -> str:
        """The file's content, with its seal."""
        facts = asdict(self) | {"seal": self.sealed(chain_key)}
        return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(folder: Path) -> Manifest:
    """Read the manifest of a backup; raises ``BackupError`` when there is none or it is of a newer kind."""
    path = folder / FILE
    try:
        told = json.loads(path.read_text())
    except FileNotFoundError as error:
        raise BackupError(
            _("%(folder)s is no complete backup: it has no %(file)s.")
            % {"folder": folder, "file": FILE}
        ) from error
    except (OSError, ValueError) as error:
        raise _unreadable(path) from error
    if not isinstance(told, dict):
        raise _unreadable(path)
    if told.get("format") != FORMAT:
        raise BackupError(
            _(
                "%(folder)s was made by a newer version of the product. Install that version, then restore."
            )
            % {"folder": folder}
        )
    try:
        found = Manifest(**told)
        _known(found)
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable(path) from error
    return found


def _known(found: Manifest) -> None:
    """Touch every part that is read later: a hole is told now."""
    hmac.compare_digest(found.seal, found.sealed(""))
    found.made.isoformat()
    found.size.bit_length()
    found.database["sha256"], found.files["sha256"], found.keys["prints"]


def _unreadable(path: Path) -> BackupError:
    return BackupError(
        _("%(path)s cannot be read: the backup is damaged. Take another one.") % {"path": path}
    )


def digest(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(key: str) -> str:
    """Sixteen hex digits by which a key is recognised, and that say nothing of it."""
    return hmac.new(key.encode(), b"hotline: fingerprint of a key", hashlib.sha256).hexdigest()[:16]
