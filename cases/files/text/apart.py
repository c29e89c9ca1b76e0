"""Our side: hand a file to a process of its own, wait no longer than allowed, trust nothing it says."""

import json
import signal
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import IO

from cases.files.text.child import OFFICE
from cases.files.text.confinement import OUTPUT_BYTES, Limits
from cases.files.text.said import EMPTY, NO_TEXT, READ, TOO_LARGE, UNREADABLE, FileReading

ROOT = Path(__file__).resolve().parents[3]
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from cases.files.text.child import main; main()"
HOLDING_TEXT = frozenset(
    {
        "application/pdf",
        OFFICE + "wordprocessingml.document",
        OFFICE + "spreadsheetml.sheet",
    }
)
TOO_LONG = (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL)  # the last: past the hard limit
KEPT_BREAKS = "\n\t"


def read_apart(file: IO[bytes], media_type: str, limits: Limits | None = None) -> FileReading:
    """Return the text of an accepted file. Never raises for the file; pictures have no text."""
    if media_type not in HOLDING_TEXT:
        return FileReading(NO_TEXT)
    limits = limits or Limits()
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        for block in iter(lambda: file.read(2**16), b""):
            given.write(block)
        given.seek(0)
        try:
            # -I: neither environment nor folder of ours decides what is loaded there
            ended = subprocess.run(  # noqa: S603 - our own interpreter and program
                [sys.executable, "-I", "-c", START, media_type, limits.as_json()],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={},
                timeout=limits.wall_seconds + 1,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return FileReading(TOO_LARGE, "time")
        if ended.returncode in TOO_LONG:
            return FileReading(TOO_LARGE, "time")
        answer.seek(0)
        said = answer.read(OUTPUT_BYTES)
    return (
        _understood(said, limits) if ended.returncode == 0 else FileReading(UNREADABLE, "crashed")
    )


def _understood(said: bytes, limits: Limits) -> FileReading:
    try:
        told = json.loads(said)
        reading = FileReading(
            str(told["state"]), str(told["reason"]), _plain(told["text"]), bool(told["is_cut"])
        )
    except (ValueError, KeyError, TypeError):
        return FileReading(UNREADABLE, "crashed")
    if reading.state not in {READ, EMPTY, UNREADABLE, TOO_LARGE}:
        return FileReading(UNREADABLE, "crashed")
    if len(reading.text) > limits.characters:
        return FileReading(UNREADABLE, "crashed")
    return reading


def _plain(text: str) -> str:
    """The text without control characters and halves of characters, which no database stores."""
    return "".join(
        character
        for character in text
        if character in KEPT_BREAKS or unicodedata.category(character) not in {"Cc", "Cs"}
    )
