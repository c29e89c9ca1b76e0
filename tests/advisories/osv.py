"""Whether an advisory in the OSV format is about a version of a package from the Python index.

Pure. Source: the OSV schema's own algorithm (https://ossf.github.io/osv-schema/#evaluation): a version is
affected when it is listed, or lies in a range. A range is read event by event in the order of versions;
``introduced: 0`` means from the first version on. Ranges of commits say nothing about a release.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEM = "PyPI"
FIRST = Version("0.dev0")  # before every release
NO_LIMIT = "*"
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Pin:
    """A package as a requirement file pins it."""

    name: str
    version: str
    file: str


@dataclass(frozen=True)
class Finding:
    """A pinned package that an advisory is about."""

    pin: Pin
    advisory: str
    known_as: tuple[str, ...]
    summary: str
    fixed_in: tuple[str, ...]


def findings(pins: Iterable[Pin], advisories: Iterable[Record]) -> list[Finding]:
    """Every pin with every advisory that is about its version, by package and advisory."""
    by_name: dict[str, list[Pin]] = {}
    for pin in pins:
        by_name.setdefault(canonicalize_name(pin.name), []).append(pin)
    found = {
        Finding(
            pin,
            record["id"],
            tuple(record.get("aliases", ())),
            record.get("summary") or record.get("details", "").partition("\n")[0],
            _fixed_in(package),
        )
        for record in advisories
        if not record.get("withdrawn")
        for package in packages(record)
        for pin in by_name.get(canonicalize_name(package["package"]["name"]), ())
        if is_affected(pin.version, package)
    }
    return sorted(found, key=lambda one: (one.pin.name, one.pin.file, one.advisory))


def packages(record: Record) -> list[Record]:
    """The packages of the Python index that a record is about."""
    about = record.get("affected", ())
    return [one for one in about if one.get("package", {}).get("ecosystem") == ECOSYSTEM]


def is_affected(version: str, package: Record) -> bool:
    """Whether one entry of ``affected`` is about the version.

    A bound that cannot be read counts as one that the version is within: better a look too many.
    """
    asked = Version(version)
    if any(_is_same(asked, listed) for listed in package.get("versions", ())):
        return True
    return any(_is_within(asked, one["events"]) for one in _of_releases(package))


def _of_releases(package: Record) -> list[Record]:
    ranges = package.get("ranges", ())
    return [one for one in ranges if one.get("type") in {"ECOSYSTEM", "SEMVER"}]


def _is_same(asked: Version, listed: str) -> bool:
    try:
        return Version(listed) == asked
    except InvalidVersion:  # a name from before versions had a form: none of ours
        return False


def _is_within(asked: Version, events: Iterable[Mapping[str, str]]) -> bool:
    told = [(text, kind) for one in events for kind, text in one.items() if text != NO_LIMIT]
    try:
        read = sorted((_bound(text), kind) for text, kind in told)
    except InvalidVersion:
        return True
    limits = [bound for bound, kind in read if kind == "limit"]
    if limits and all(asked >= bound for bound in limits):
        return False
    within = False
    for bound, kind in read:
        if kind == "introduced" and asked >= bound:
            within = True
        elif (kind == "fixed" and asked >= bound) or (kind == "last_affected" and asked > bound):
            within = False
    return within


def _bound(text: str) -> Version:
    return FIRST if text == "0" else Version(text)


def _fixed_in(package: Record) -> tuple[str, ...]:
    events = [event for one in _of_releases(package) for event in one["events"]]
    return tuple(event["fixed"] for event in events if "fixed" in event)
