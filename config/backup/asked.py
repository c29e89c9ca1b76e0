"""What the environment asks of backups; read once by the settings."""

import os
import re
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

from config.env import SettingsError

SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True)
class BackupAsked:
    """Where backups go, when they are made, how many stay, and who can open the keys.

    ``every`` is a span; without one, ``at`` is the time of the office's day.
    """

    folder: Path | None = None
    keys_folder: Path | None = None
    at: time = time(3)
    every: timedelta | None = None
    keep: int = 14
    keep_days: int = 14
    certificate: Path | None = None
    passphrase_file: Path | None = None

    @property
    def interval(self) -> timedelta:
        """How far apart backups are."""
        return self.every or timedelta(days=1)


def asked() -> BackupAsked:
    """Read ``BACKUP_…``; raises ``SettingsError`` for what cannot be understood."""
    at, every = _time("BACKUP_AT"), _hours("BACKUP_EVERY")
    if at and every:
        raise SettingsError("BACKUP_AT and BACKUP_EVERY are both set: use one of them.")
    return BackupAsked(
        folder=_path("BACKUP_DIR"),
        keys_folder=_path("BACKUP_KEYS_DIR"),
        at=at or time(3),
        every=every,
        keep=_number("BACKUP_KEEP", default=14, least=1),
        keep_days=_number("BACKUP_KEEP_DAYS", default=14, least=0),
        certificate=_path("BACKUP_PUBLIC_KEY"),
        passphrase_file=_path("BACKUP_PASSPHRASE_FILE"),
    )


def _path(name: str) -> Path | None:
    raw = os.environ.get(name)
    return Path(raw).resolve() if raw else None


def _number(name: str, *, default: int, least: int) -> int:
    raw = os.environ.get(name) or str(default)
    if not (raw.isascii() and raw.isdigit() and int(raw) >= least):
        raise SettingsError(f"{name}={raw!r} is not a number from {least}.")
    return int(raw)


def _time(name: str) -> time | None:
    raw = os.environ.get(name)
    if not raw:
        return None
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", raw):
        raise SettingsError(f"{name}={raw!r} is not a time of day: write 03:00.")
    hours, minutes = raw.split(":")
    return time(int(hours), int(minutes))


def _hours(name: str) -> timedelta | None:
    raw = os.environ.get(name)
    if not raw:
        return None
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", raw) or timedelta(hours=float(raw)) < SHORTEST:
        raise SettingsError(
            f"{name}={raw!r} is not a number of hours: write 24, or 0.1 for six minutes."
        )
    return timedelta(hours=float(raw))
