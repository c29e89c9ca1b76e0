"""What the commands of backup and restore share with a person: progress, stopping, a passphrase file."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Self

from django.utils.translation import gettext as _
from tqdm import tqdm

from config.backup import BackupError


def first_line(path: Path) -> str:
    """The passphrase in a file; raises ``BackupError`` when it cannot be read."""
    try:
        return path.read_text().partition("\n")[0].strip()
    except OSError as error:
        raise BackupError(
            _("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
        ) from error


@contextmanager
def stoppable() -> Iterator[None]:
    """Let a polite kill clear away like Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Bars:
    """Progress on a terminal: one bar for each part; nothing elsewhere."""

    def __init__(self) -> None:
        self.words = {
            "database": _("Database"),
            "files": _("Uploaded files"),
            "check": _("Checking"),
        }
        self.part = ""
        self.bar: tqdm | None = None

    def __enter__(self) -> Self:
        return self

    def __call__(self, part: str, done: int, whole: int) -> None:
        """Show that ``done`` of ``whole`` of a part is done."""
        if part != self.part or self.bar is None:
            self.close()
            self.part = part
            self.bar = tqdm(
                desc=self.words[part], total=whole or None, disable=None, file=sys.stderr
            )
        self.bar.update(done - self.bar.n)

    def close(self) -> None:
        """End the bar of the part before."""
        if self.bar is not None:
            self.bar.close()

    def __exit__(self, *_error: object) -> None:
        self.close()
