"""Look the pinned packages up in a file of advisories: ``make audit ADVISORIES=path``, without a network.

The file is in the OSV format: one advisory or a list of them as JSON, a folder of such files, or a zip of
them, as the database of the Python index is published. Ends with 0 when no advisory is about a pinned
version, 1 when one is, 2 when nothing could be looked up.
"""

import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.advisories.osv import Finding, Pin, findings, packages

ROOT = Path(__file__).resolve().parents[2]
FILES = ("base.txt", "dev.txt")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", re.MULTILINE)
NONE_AFFECTED, AFFECTED, NOT_LOOKED_UP = 0, 1, 2


class NotLookedUpError(Exception):
    """Why nothing could be looked up, as a sentence."""


def pins(folder: Path = ROOT / "requirements") -> list[Pin]:
    """Every pinned version of the requirement files, where it is pinned first."""
    found: dict[tuple[str, str], Pin] = {}
    for file in FILES:
        for name, version in PINNED.findall((folder / file).read_text("utf-8")):
            found.setdefault((name, version), Pin(name, version, file))
    return list(found.values())


def advisories(path: Path) -> list[dict[str, Any]]:
    """The advisories of a file or folder about packages of the Python index."""
    try:
        records = [record for text in _texts(path) for record in _records(json.loads(text))]
    except OSError as error:
        raise NotLookedUpError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise NotLookedUpError(f"{path} holds no advisories in the OSV format: {error}") from error
    found = [record for record in records if packages(record)]
    if not found:
        raise NotLookedUpError(f"{path} holds no advisory about a package of the Python index.")
    return found


def _texts(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        yield from (one.read_bytes() for one in sorted(path.rglob("*.json")))
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            names = (name for name in packed.namelist() if name.endswith(".json"))
            yield from (packed.read(name) for name in names)
    else:
        yield path.read_bytes()


def _records(read: Any) -> list[dict[str, Any]]:
    records = read if isinstance(read, list) else read.get("vulns", [read])
    if not all(isinstance(one, dict) and "id" in one for one in records):
        raise ValueError("an advisory has no id.")
    return records


def said(finding: Finding) -> str:
    """One finding as a line."""
    pin = finding.pin
    names = ", ".join((finding.advisory, *finding.known_as))
    remedy = f"fixed in {', '.join(finding.fixed_in)}" if finding.fixed_in else "no fix is named"
    return f"{pin.name} {pin.version} ({pin.file}): {names}; {remedy}. {finding.summary}".rstrip()


def main(place: str) -> int:
    """Look up, say what was found, and return how the command ends."""
    if not place:
        sys.stderr.write(
            "Nothing was looked up: set ADVISORIES to a file of advisories (OSV format).\n"
        )
        return NOT_LOOKED_UP
    try:
        known = advisories(Path(place))
    except NotLookedUpError as error:
        sys.stderr.write(f"Nothing was looked up: {error}\n")
        return NOT_LOOKED_UP
    pinned = pins()
    found = findings(pinned, known)
    newest = max((record.get("modified", "") for record in known), default="")
    sys.stdout.write("".join(f"{said(one)}\n" for one in found))
    sys.stdout.write(
        f"{len(pinned)} pins, {len(known)} advisories, the newest of {newest[:10] or 'no day'}: "
        f"{len(found)} found.\n"
    )
    return AFFECTED if found else NONE_AFFECTED


if __name__ == "__main__":
    sys.exit(main(os.environ.get("ADVISORIES", "")))
