"""The uploaded files of a backup: copied once, and linked from backup to backup while they do not change.

A county has a hundred gigabytes of pictures and adds a few each day. A file of the same path, length and
time of change as in the backup before is a hard link to it and takes no room; where the disk knows no
links it is copied. `--whole` copies everything anew, so that one bad block does not stand for all.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from config.backup.manifest import FILES, MEDIA

PIECE = 1024 * 1024
Told = Callable[[int, int], None]  # bytes done, bytes in all


@dataclass
class Taken:
    """What was taken. ``new``: bytes copied; the rest are links. ``digests``: by path under ``media/``."""

    digests: dict[str, str] = field(default_factory=dict)
    size: int = 0
    new: int = 0


@dataclass(frozen=True)
class Plan:
    """Every file there is now with its length, and those of the backup before that did not change."""

    sizes: dict[str, int]
    same: dict[str, str]
    before: Path | None

    @property
    def to_copy(self) -> int:
        """Bytes that will have to be copied."""
        return sum(size for path, size in self.sizes.items() if path not in self.same)


def walk(root: Path) -> Iterator[Path]:
    """Every regular file below a folder, in a steady order."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path


def plan(media: Path, before: Path | None) -> Plan:
    """Look which files have to be copied; ``before`` is the backup to link to."""
    known = read_list(before / FILES) if before else {}
    sizes, same = {}, {}
    for path in walk(media):
        name = path.relative_to(media).as_posix()
        try:
            seen = path.stat()
        except FileNotFoundError:  # removed since the folder was read
            continue
        sizes[name] = seen.st_size
        if before and name in known and _is_same(seen, before / MEDIA / name):
            same[name] = known[name]
    return Plan(sizes, same, before)


def _is_same(seen: os.stat_result, earlier: Path) -> bool:
    try:
        kept = earlier.stat()
    except FileNotFoundError:
        return False
    return (kept.st_size, kept.st_mtime_ns) == (seen.st_size, seen.st_mtime_ns)


def take(media: Path, found: Plan, target: Path, told: Told) -> Taken:
    """Fill ``target`` by the plan; a file that went away meanwhile is left out."""
    taken, whole = Taken(), sum(found.sizes.values())
    done = 0
    for name, size in found.sizes.items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if name in found.same and found.before and _linked(found.before / MEDIA / name, place):
            taken.digests[name] = found.same[name]
            taken.size += size
        elif (copied := _copied(media / name, place)) is not None:
            taken.digests[name], length = copied
            taken.size += length
            taken.new += length
        done += size
        told(done, whole)
    return taken


def _linked(earlier: Path, place: Path) -> bool:
    try:
        place.hardlink_to(earlier)
    except OSError:  # a disk without links, or with too many of them: it is copied
        return False
    return True


def _copied(source: Path, place: Path) -> tuple[str, int] | None:
    """Copy one file, keep its time, and give digest and length; ``None`` when it is gone."""
    try:
        file = source.open("rb")
    except FileNotFoundError:
        return None
    known, length = hashlib.sha256(), 0
    with file, place.open("xb") as kept:
        while piece := file.read(PIECE):
            known.update(piece)
            kept.write(piece)
            length += len(piece)
        kept.flush()
        os.fsync(kept.fileno())
        seen = os.fstat(file.fileno())
    place.chmod(0o600)
    os.utime(place, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    return known.hexdigest(), length


def put_back(source: Path, target: Path, digests: dict[str, str], told: Told) -> None:
    """Copy the files of a backup into a folder."""
    for done, name in enumerate(digests, 1):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copy2(source / name, place)
        place.chmod(0o600)
        told(done, len(digests))


def write_list(path: Path, digests: dict[str, str]) -> None:
    """Write digests as ``sha256sum -c`` reads them inside the backup's folder."""
    with path.open("x", encoding="utf-8", errors="surrogateescape") as file:
        for name, digest in digests.items():
            told, mark = _escaped(f"{MEDIA}/{name}")
            file.write(f"{mark}{digest}  {told}\n")


def read_list(path: Path) -> dict[str, str]:
    """Read such a list: digests by path under ``media/``. Raises ``ValueError`` for another file."""
    found = {}
    with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        for line in file:
            text = line.removesuffix("\n")
            marked = text.startswith("\\")
            digest, gap, name = text.removeprefix("\\").partition("  ")
            if marked:
                name = name.replace("\\n", "\n").replace("\\\\", "\\")
            if not gap or not _is_inside(name):
                raise ValueError(f"not a line of a list of files: {line[:80]!r}")
            found[name.removeprefix(f"{MEDIA}/")] = digest
    return found


def _escaped(name: str) -> tuple[str, str]:
    if "\\" in name or "\n" in name:
        return name.replace("\\", "\\\\").replace("\n", "\\n"), "\\"
    return name, ""


def _is_inside(name: str) -> bool:
    parts = Path(name).parts
    return len(parts) > 1 and parts[0] == MEDIA and ".." not in parts
