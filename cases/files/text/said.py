"""What reading a file came to, in the words both sides use. Pure."""

from dataclasses import dataclass

READ, EMPTY, UNREADABLE, TOO_LARGE, NO_TEXT = "read", "empty", "unreadable", "too_large", "no_text"


@dataclass(frozen=True)
class FileReading:
    """``state`` is one of the above; ``reason`` a slug why not; ``is_cut``: there is more in the file."""

    state: str
    reason: str = ""
    text: str = ""
    is_cut: bool = False


class TooLarge(Exception):  # noqa: N818 - a state of affairs
    """The file would unpack to more than anybody attaches."""


class Locked(Exception):  # noqa: N818 - a state of affairs
    """The file needs a password."""
