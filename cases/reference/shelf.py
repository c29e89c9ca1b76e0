"""The rows of one model while a file is brought in: what is new, what differs, what is the same."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model


class FaultyFileError(ValueError):
    """A reference file that cannot be used; the message names file and line."""


@dataclass
class Tally:
    """How many rows were added, brought up to the file, left as edited, or already equal."""

    created: int = 0
    changed: int = 0
    kept: int = 0
    unchanged: int = 0


def read_rows(path: Path, columns: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and stripped values; a missing column or cell is a fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FaultyFileError(f"{path.name}: {error}") from error
    reader = csv.DictReader(text.splitlines())
    missing = columns - set(reader.fieldnames or ())
    if missing:
        raise FaultyFileError(f"{path.name}: no column {', '.join(sorted(missing))}.")
    for row in reader:
        if None in row or None in row.values():
            raise FaultyFileError(
                f"{path.name}, line {reader.line_num}: not as many cells as columns."
            )
        yield reader.line_num, {name: value.strip() for name, value in row.items()}


Row = TypeVar("Row", bound=Model)


class Shelf(Generic[Row]):
    """Rows by natural key. ``update`` decides whether a row that differs is rewritten."""

    def __init__(self, model: type[Row], *key: str, path: Path, update: bool) -> None:
        self.model, self.key, self.path, self.update = model, key, path, update
        self.found = {self._key(row): row for row in model._default_manager.all()}  # noqa: SLF001
        self.seen: set[tuple[object, ...]] = set()
        self.tally = Tally()

    def fault(self, line: int, text: str) -> FaultyFileError:
        """Return the error to raise for a line of the file."""
        return FaultyFileError(f"{self.path.name}, line {line}: {text}")

    def get(self, line: int, *key: str) -> Row:
        """Return the row of that key, which must be there already (parents stand first)."""
        try:
            return self.found[key]
        except KeyError:
            raise self.fault(line, f"there is no {'/'.join(key)} yet.") from None

    def put(self, line: int, **fields: object) -> None:
        """Add the row, or compare it with the one there."""
        key = tuple(fields[name] for name in self.key)
        if key in self.seen:
            raise self.fault(line, f"{'/'.join(map(str, key))} is there twice.")
        self.seen.add(key)
        row = self.found.get(key)
        if row is None:
            self.found[key] = self._saved(line, self.model(**fields))
            self.tally.created += 1
        elif all(getattr(row, name) == value for name, value in fields.items()):
            self.tally.unchanged += 1
        elif self.update:
            for name, value in fields.items():
                setattr(row, name, value)
            self._saved(line, row)
            self.tally.changed += 1
        else:
            self.tally.kept += 1

    def _key(self, row: Row) -> tuple[object, ...]:
        return tuple(getattr(row, name) for name in self.key)

    def _saved(self, line: int, row: Row) -> Row:
        try:
            row.clean_fields()
        except ValidationError as error:
            raise self.fault(line, "; ".join(error.messages)) from error
        row.save()
        return row
