"""The other side: read one file from standard input, say on standard output what is in it, end.

Whatever the file does to this process, our side learns it from the exit (``apart``). Knows no Django.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import IO

from cases.files.text.confinement import Limits, confine
from cases.files.text.said import EMPTY, READ, TOO_LARGE, UNREADABLE, FileReading, Locked, TooLarge

OFFICE = "application/vnd.openxmlformats-officedocument."
Reader = Callable[[IO[bytes]], Iterator[str]]


def reader_of(media_type: str) -> Reader:
    """The reader of a kind of file; only its own library is loaded."""
    if media_type == "application/pdf":
        from cases.files.text.pdf import pages as reader  # noqa: PLC0415
    elif media_type == OFFICE + "wordprocessingml.document":
        from cases.files.text.office import word as reader  # noqa: PLC0415
    else:
        from cases.files.text.office import sheets as reader  # noqa: PLC0415
    return reader


def read(file: IO[bytes], reader: Reader, limits: Limits) -> FileReading:
    """Read until there is enough or the time is over; what breaks the reader is told, never raised."""
    pieces: list[str] = []
    length, is_cut = 0, False
    try:
        for piece in reader(file):
            pieces.append(piece[: limits.characters])
            length += len(piece)
            if length > limits.characters or limits.is_over():
                is_cut = True
                break
    except MemoryError:
        return FileReading(TOO_LARGE, "memory")
    except TooLarge as much:
        return FileReading(TOO_LARGE, str(much))
    except Locked:
        return FileReading(UNREADABLE, "locked")
    except Exception:  # noqa: BLE001 - a broken file may break a library in any way
        return FileReading(UNREADABLE, "broken")
    text = "".join(pieces)[: limits.characters]
    if any(character.isalnum() for character in text):
        return FileReading(READ, "", text, is_cut)
    return FileReading(EMPTY) if not is_cut else FileReading(TOO_LARGE, "time")


def main() -> None:
    """``child MEDIA_TYPE LIMITS``: limits first, then the library, then the file."""
    limits = Limits.from_json(sys.argv[2])
    confine(limits)
    try:
        reader = reader_of(sys.argv[1])
        said = read(sys.stdin.buffer, reader, limits)
    except MemoryError:
        said = FileReading(TOO_LARGE, "memory")
    sys.stdout.write(json.dumps(asdict(said)))
