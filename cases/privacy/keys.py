"""The keys in force in this process, as the environment or ``secrets.json`` has them at this moment.

A changed file is noticed at the next use of a key, without a restart: one ``stat`` costs two
microseconds. A file that was lost or damaged does not replace what this process began with: it goes on
and says so in the log. With the file of another office it reads on and refuses to make anything new.
"""

import os
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings

from cases.privacy import secrets_file
from cases.privacy.keyring import CHAIN, CHAINS_SEALED, NAMES, PURPOSES, BadKeys, Key, parse
from cases.privacy.secrets_file import BadSecrets

log = structlog.get_logger("keys")
RETIRED = "RETIRED_KEYS"  # kept for an old backup's sake, never used: ``purpose:key`` by commas
Ring = tuple[Key, ...]
Stamp = tuple[int, int, int]


class KeysDoubtful(Exception):  # noqa: N818 - a state of affairs
    """The keys at hand cannot be trusted for anything new; the text says why and what to do."""


@dataclass(frozen=True)
class KeysHeld:
    """What one look at the file gave. ``doubt``: why nothing new may be made with it."""

    path: Path
    stamp: Stamp | None
    values: dict[str, str] = field(repr=False)
    rings: dict[str, Ring] = field(repr=False)
    doubt: str = ""


_held: KeysHeld | None = None
_lock = threading.Lock()


def ring(purpose: str) -> Ring:
    """All keys in force, the newest first."""
    given = settings.GIVEN_SECRETS.get(NAMES[purpose])
    return _parsed(purpose, given) if given else _of_file().rings[purpose]


def newest(purpose: str) -> Key:
    """The key everything new is made with; raises ``KeysDoubtful``."""
    given = settings.GIVEN_SECRETS.get(NAMES[purpose])
    if given:
        return _parsed(purpose, given)[0]
    held = _of_file()
    if held.doubt:
        raise KeysDoubtful(held.doubt)
    return held.rings[purpose][0]


def is_changing(purpose: str) -> bool:
    """Whether more than one key is in force: values under an older one may be left."""
    return len(ring(purpose)) > 1


def is_given(purpose: str) -> bool:
    """Whether the environment has this purpose's keys, and the file does not count."""
    return NAMES[purpose] in settings.GIVEN_SECRETS


def sealed_chains_id() -> str:
    """Id of the chain key under which all older chains were sealed; empty before the first change."""
    if is_given(CHAIN):
        return settings.GIVEN_SECRETS.get(CHAINS_SEALED, "")
    return _of_file().values.get(CHAINS_SEALED, "")


def retired() -> dict[str, str]:
    """``{"purpose:id": key}`` of those the file keeps without using them."""
    kept = [one.partition(":") for one in _of_file().values.get(RETIRED, "").split(",") if one]
    return {f"{purpose}:{Key(purpose, text).id}": text for purpose, _colon, text in kept}


def look_again() -> None:
    """Read the file at the next use, changed or not."""
    global _held  # noqa: PLW0603 - one set of keys for each process
    with _lock:
        if _held is not None:
            _held = KeysHeld(_held.path, None, _held.values, _held.rings, _held.doubt)


@lru_cache(maxsize=32)
def _parsed(purpose: str, value: str) -> Ring:
    return parse(purpose, value)


def _of_file() -> KeysHeld:
    held, path = _held, settings.SECRETS_FILE
    stamp = _stamp(path)
    if held is not None and held.path == path and held.stamp == stamp:
        return held
    return _read_again(path)


def _stamp(path: Path) -> Stamp | None:
    try:
        seen = os.stat(path)  # noqa: PTH116 - at each use of a key: half the time of Path.stat
    except OSError:
        return (0, 0, 0)
    return (seen.st_mtime_ns, seen.st_ino, seen.st_size)


def _read_again(path: Path) -> KeysHeld:
    """Take the file's keys when they go on from those at hand, else keep those and say why."""
    global _held  # noqa: PLW0603
    with _lock:
        before = _held if _held is not None and _held.path == path else None
        stamp = _stamp(path)
        try:
            values = secrets_file.read(path)
            rings = {
                purpose: parse(purpose, values.get(NAMES[purpose], ""))
                for purpose in PURPOSES
                if not is_given(purpose)
            }
        except (FileNotFoundError, BadSecrets, BadKeys):
            if before is None:
                raise
            log.exception("secrets.json cannot be used; working with the keys of before")
            _held = KeysHeld(path, stamp, before.values, before.rings, before.doubt)
            return _held
        doubt = _doubt(path, before, values, rings) if before else ""
        if doubt and before:
            log.error("secrets.json is another office's", why=doubt)
            _held = KeysHeld(path, stamp, before.values, before.rings, doubt)
        else:
            _held = KeysHeld(path, stamp, values, rings)
        return _held


def _doubt(path: Path, before: KeysHeld, values: dict[str, str], rings: dict[str, Ring]) -> str:
    """Why the file does not go on from the keys at hand; empty when it does."""
    kept = values.get(RETIRED, "").split(",")
    for purpose, now in rings.items():
        had = before.rings.get(purpose, now)[0]
        if had not in now and f"{purpose}:{had.text}" not in kept:
            return (
                f"{path} was replaced by one without key {had.id} of {NAMES[purpose]}, which this "
                "office works with. Put the right file back; nothing new is sealed until then."
            )
    return ""
