"""Reference data from CSV files: one loader a subject, natural keys, safe to run again.

A row that is missing is added. A row the office has edited since is left alone unless ``update``
is asked for; nothing is ever deleted (end a row with its ``is_active`` or ``valid_to``).
Apps above ``cases`` add their own subjects with ``subject`` when they start.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cases.reference.shelf import Tally

Loader = Callable[[Path, bool], Tally]


@dataclass(frozen=True)
class Subject:
    """A file and how its rows become ours."""

    name: str
    file: Path
    load: Loader
    order: int


SUBJECTS: dict[str, Subject] = {}


def subject(name: str, file: Path, *, order: int) -> Callable[[Loader], Loader]:
    """Register ``load(path, update)`` for a file; a lower ``order`` is loaded earlier."""

    def keep(load: Loader) -> Loader:
        SUBJECTS[name] = Subject(name, file, load, order)
        return load

    return keep


def in_order() -> list[Subject]:
    """Every subject, what others build on first."""
    return sorted(SUBJECTS.values(), key=lambda one: (one.order, one.name))
